//! Deleting a group: says what is lost, and for an organization asks for its name.

use bailiwick_api::Error;
use leptos::prelude::*;

use crate::api::use_client;
use crate::parts::problem::{refusal, request};
use crate::ui::button::Kind;
use crate::ui::callout::{Tone, callout};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldState};
use crate::ui::icon::{Icon, icon};

use super::{Outcome, Sending, Target, noun};

/// Asks whether to delete a group.
pub(crate) fn delete_dialog(group: &Target, outcome: &Outcome<Target>) -> AnyView {
    let client = use_client();
    let (done, closed) = (outcome.done, outcome.closed);
    let sending = Sending::new();
    let typed = FieldState::new("");
    let asks_name = group.uid.is_root();
    let is_unsure = {
        let name = group.name.clone();
        Signal::derive(move || asks_name && typed.text.with(|text| text.trim() != name))
    };
    let deleted = group.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if is_unsure.get_untracked() {
            return typed.focus();
        }
        if !sending.begin() {
            return;
        }
        let (client, group) = (client.clone(), deleted.clone());
        leptos::task::spawn_local(async move {
            match client.delete_group(&group.uid).await {
                Ok(()) => {
                    sending.done();
                    done.run(group);
                }
                Err(error) => sending.failed(Some(error)),
            }
        });
    };
    let confirm = asks_name.then(|| {
        let label = view! { "Type " <strong>{group.name.clone()}</strong> " to confirm" };
        view! {
            <Field
                state=typed
                id="delete-name"
                label=label.into_any()
                autofocus=true
                check=|_| None
            />
        }
    });
    let summary = move || sending.error.with(|error| error.as_ref().map(why_not));
    let words = ["Delete ", noun(&group.uid)].concat();
    let lost = losses(group);
    view! {
        <Dialog
            handle=sending.handle
            id="delete"
            title=["Delete ", &group.name, "?"].concat()
            busy=sending.is_pending
            on_close=closed
        >
            <form novalidate on:submit=submit>
                <div class="ui-dialog-body">
                    {lost}
                    {confirm}
                    {summary}
                </div>
                {sending.end(Kind::Danger, words, is_unsure)}
            </form>
        </Dialog>
    }
    .into_any()
}

fn losses(group: &Target) -> AnyView {
    let first = [
        "The ",
        noun(&group.uid),
        " and its id. Links to it stop working.",
    ]
    .concat();
    let lost = [
        first,
        "All role bindings made here: who has a role by them loses it.".to_owned(),
        "Invites to it that are waiting, and roles made here that nobody uses.".to_owned(),
    ];
    view! {
        <div class="l-stack" data-gap="2">
            <p>"This cannot be undone. Lost are:"</p>
            <ul class="ui-can">
                {lost
                    .into_iter()
                    .map(|words| {
                        view! {
                            <li data-lose="">
                                {icon(Icon::X)} <span>{words}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {group
                .has_children
                .then(|| {
                    view! {
                        <p class="ui-quiet">
                            "There are folders in it. Delete those first; until then it stays."
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The refusal, with the names of what is inside.
fn why_not(error: &Error) -> AnyView {
    let inside: Vec<String> = error
        .status()
        .map(|status| status.violations())
        .unwrap_or_default()
        .iter()
        .filter(|violation| violation.kind == "RESOURCE_NOT_EMPTY")
        .map(|violation| violation.subject.clone())
        .collect();
    if inside.is_empty() {
        return refusal(error);
    }
    let list = view! {
        <p>"Nothing was deleted. First delete what is inside:"</p>
        <ul>{inside.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
        {request(error)}
    };
    callout(Tone::Danger, list.into_any())
}
