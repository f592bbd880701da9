//! Making an organization or a folder.

use bailiwick_api::Group;

use crate::api::use_client;
use crate::reactive::spawn_local;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, views};
use crate::ui::field::FieldState;

use super::draft::{Findings, new_group, place};
use super::{Outcome, Sending, Target, description_field, name_field};

/// Asks for the name of a new folder in `parent`, or of a new organization.
pub(crate) fn create_dialog(parent: Option<&Target>, outcome: &Outcome<Group>) -> View {
    let client = use_client();
    let (done, closed) = (outcome.done, outcome.closed);
    let sending = Sending::new();
    let (name, description) = (FieldState::new(""), FieldState::new(""));
    let show = move |findings: Findings| {
        let first = if findings.name.is_some() {
            name
        } else {
            description
        };
        name.refuse(findings.name);
        description.refuse(findings.description);
        first.focus();
    };
    let below = parent.map(|above| above.uid.clone());
    let submit = move || {
        let typed = new_group(
            &name.text.read_untracked(),
            &description.text.read_untracked(),
        );
        let group = match typed {
            Ok(group) => group,
            Err(findings) => return show(findings),
        };
        if !sending.begin() {
            return;
        }
        let (client, below) = (client.clone(), below.clone());
        spawn_local(async move {
            match client.create_group(below.as_ref(), &group).await {
                Ok(group) => {
                    sending.done();
                    done.run(group);
                }
                Err(error) => {
                    let (findings, rest) = place(error);
                    let is_placed = rest.is_none();
                    sending.failed(rest);
                    if is_placed {
                        show(findings);
                    }
                }
            }
        });
    };
    let (title, words) = match parent {
        Some(above) => (["New folder in ", &above.name].concat(), "Create folder"),
        None => ("New organization".to_owned(), "Create organization"),
    };
    let body = views([
        name_field().view(name, "Name").into(),
        description_field().view(description, "Description").into(),
        sending.summary(),
    ]);
    let send = Button::new(Kind::Primary, words);
    sending.view(("create", &title), body, send, closed, submit)
}
