//! Renaming a group.

use bailiwick_api::{Group, GroupWrite};
use bailiwick_domain::{GROUP_NAME_MAX, GroupName};
use leptos::prelude::*;

use crate::api::use_client;
use crate::ui::button::Kind;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldState};

use super::create::NAME_HINT;
use super::draft::{check_name, place};
use super::{Outcome, Sending, Target, noun};

/// Asks for the new name of a group.
pub(crate) fn rename_dialog(group: &Target, outcome: &Outcome<Group>) -> AnyView {
    let client = use_client();
    let (done, closed) = (outcome.done, outcome.closed);
    let sending = Sending::new();
    let name = FieldState::new(&group.name);
    let show = move |words: Option<String>| {
        let _ = name.error.try_set(words);
        name.focus();
    };
    let uid = group.uid.clone();
    let old = group.name.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let wanted = name.text.get_untracked();
        if let Some(words) = check_name(&wanted) {
            return show(Some(words));
        }
        if wanted == old {
            return sending.handle.close();
        }
        if !sending.begin() {
            return;
        }
        let (client, uid) = (client.clone(), uid.clone());
        leptos::task::spawn_local(async move {
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
    let words = ["Rename ", noun(&group.uid)].concat();
    view! {
        <Dialog
            handle=sending.handle
            id="rename"
            title=["Rename ", &group.name].concat()
            busy=sending.is_pending
            on_close=closed
        >
            <form novalidate on:submit=submit>
                <div class="ui-dialog-body">
                    <p class="ui-quiet">"Its id stays. Links to it keep working."</p>
                    <Field
                        state=name
                        id="group-name"
                        label="Name".into_any()
                        hint=NAME_HINT
                        max=GROUP_NAME_MAX
                        autofocus=true
                        tidy={GroupName::suggest as fn(&str) -> String}
                        check=check_name
                    />
                    {sending.summary()}
                </div>
                {sending.end(Kind::Primary, words, Signal::derive(|| false))}
            </form>
        </Dialog>
    }
    .into_any()
}
