//! Making an organization or a folder.

use bailiwick_api::Group;
use bailiwick_domain::{DESCRIPTION_MAX, GROUP_NAME_MAX, GroupName};
use leptos::prelude::*;

use crate::api::use_client;
use crate::ui::button::Kind;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldState};

use super::draft::{Findings, check_description, check_name, new_group, place};
use super::{Outcome, Sending, Target};

pub(super) const NAME_HINT: &str =
    "Letters, digits, space, dot, dash and underscore. Capitals are made small.";

/// Asks for the name of a new folder in `parent`, or of a new organization.
pub(crate) fn create_dialog(parent: Option<&Target>, outcome: &Outcome<Group>) -> AnyView {
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
        let _ = name.error.try_set(findings.name);
        let _ = description.error.try_set(findings.description);
        first.focus();
    };
    let (title, words) = match parent {
        Some(above) => (["New folder in ", &above.name].concat(), "Create folder"),
        None => ("New organization".to_owned(), "Create organization"),
    };
    let below = parent.map(|above| above.uid.clone());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
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
        leptos::task::spawn_local(async move {
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
    view! {
        <Dialog
            handle=sending.handle
            id="create"
            title=title
            busy=sending.is_pending
            on_close=closed
        >
            <form novalidate on:submit=submit>
                <div class="ui-dialog-body">
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
                    <Field
                        state=description
                        id="group-description"
                        label="Description".into_any()
                        hint="What it is for, on one line. May be empty."
                        max=DESCRIPTION_MAX
                        check=check_description
                    />
                    {sending.summary()}
                </div>
                {sending.end(Kind::Primary, words.to_owned(), Signal::derive(|| false))}
            </form>
        </Dialog>
    }
    .into_any()
}
