//! Deleting a group: says what is lost, and for an organization asks for its name.

use bailiwick_api::Error;
use leptos::prelude::*;

use crate::api::use_client;
use crate::parts::problem::{refusal, request};
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::field::{Field, FieldState};
use crate::ui::icon::{Icon, icon};

use super::{Outcome, Sending, Target, noun};

/// Asks whether to delete a group.
pub(crate) fn delete_dialog(group: &Target, outcome: &Outcome<Target>) -> View {
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
    let submit = move || {
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
                    let _ = done.try_run(group);
                }
                Err(error) => sending.failed(Some(error)),
            }
        });
    };
    let body = views([
        losses(group).into(),
        asks_name.then(|| confirmation(typed, &group.name)).into(),
        dynamic(move || sending.error.with(|error| error.as_ref().map(why_not))),
    ]);
    let title = ["Delete ", &group.name, "?"].concat();
    let send =
        Button::new(Kind::Danger, &["Delete ", noun(&group.uid)].concat()).refused(is_unsure);
    sending.view(("delete", &title), body, send, closed, submit)
}

fn confirmation(typed: FieldState, name: &str) -> El {
    let field = Field {
        id: "delete-name",
        hint: "",
        max: usize::MAX / 8,
        autofocus: true,
        tidy: ToOwned::to_owned,
        check: |_| None,
    };
    let name = el("strong").child(name);
    field.view(
        typed,
        views(["Type ".into(), name.into(), " to confirm".into()]),
    )
}

fn losses(group: &Target) -> El {
    let first = [
        "The ",
        noun(&group.uid),
        " and its id. Links to it stop working.",
    ]
    .concat();
    let lost = [
        first.as_str(),
        "All role bindings made here: who has a role by them loses it.",
        "Invites to it that are waiting, and roles made here that nobody uses.",
    ];
    let lost = lost.map(|words| {
        el("li")
            .flag("data-lose")
            .child(icon(Icon::X))
            .child(el("span").child(words))
            .into()
    });
    let inside = group.has_children.then(|| {
        tag("p", "ui-quiet")
            .child("There are folders in it. Delete those first; until then it stays.")
    });
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(el("p").child("This cannot be undone. Lost are:"))
        .child(tag("ul", "ui-can").child(views(lost)))
        .child(inside)
}

/// The refusal, with the names of what is inside.
fn why_not(error: &Error) -> El {
    let violations = error
        .status()
        .map(|status| status.violations())
        .unwrap_or_default();
    let inside: Vec<View> = violations
        .iter()
        .filter(|violation| violation.kind == "RESOURCE_NOT_EMPTY")
        .map(|violation| el("li").child(&violation.subject).into())
        .collect();
    if inside.is_empty() {
        return refusal(error);
    }
    let words = el("p").child("Nothing was deleted. First delete what is inside:");
    let list = el("ul").child(views(inside));
    callout(
        Tone::Danger,
        views([words.into(), list.into(), request(error)]),
    )
}
