//! Renaming a group.

use bailiwick_api::{Group, GroupWrite};

use crate::api::use_client;
use crate::reactive::spawn_local;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, tag, views};
use crate::ui::field::FieldState;

use super::draft::{check_name, place};
use super::{Outcome, Sending, Target, name_field, noun};

/// Asks for the new name of a group.
pub(crate) fn rename_dialog(group: &Target, outcome: &Outcome<Group>) -> View {
    let client = use_client();
    let (done, closed) = (outcome.done, outcome.closed);
    let sending = Sending::new();
    let name = FieldState::new(&group.name);
    let show = move |words: Option<String>| {
        name.refuse(words);
        name.focus();
    };
    let uid = group.uid.clone();
    let old = group.name.clone();
    let submit = move || {
        let wanted = name.text.get_untracked();
        if let Some(words) = check_name(&wanted) {
            return show(Some(words));
        }
        if wanted == old {
            return sending.dialog.close();
        }
        if !sending.begin() {
            return;
        }
        let (client, uid) = (client.clone(), uid.clone());
        spawn_local(async move {
            match client
                .update_group(&uid, &GroupWrite::rename(&wanted))
                .await
            {
                Ok(group) => {
                    sending.done();
                    done.run(group);
                }
                Err(error) => {
                    let (findings, rest) = place(error);
                    sending.failed(rest);
                    if findings.name.is_some() {
                        show(findings.name);
                    }
                }
            }
        });
    };
    let body = views([
        tag("p", "ui-quiet")
            .child("Its id stays. Links to it keep working.")
            .into(),
        name_field().view(name, "Name").into(),
        sending.summary(),
    ]);
    let title = ["Rename ", &group.name].concat();
    let send = Button::new(Kind::Primary, &["Rename ", noun(&group.uid)].concat());
    sending.view(("rename", &title), body, send, closed, submit)
}
