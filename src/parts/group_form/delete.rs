//! Deleting a group: says what is lost, and asks for the name where much is.

use bailiwick_api::{Error, GroupSummary};

use crate::api::{query, use_client};
use crate::parts::problem::{refusal, request};
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::state::Signal;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::field::{Field, FieldState};
use crate::ui::icon::{Icon, icon};
use crate::ui::pagination::grouped;
use crate::ui::skeleton::{bone, loading};

use super::{Outcome, Sending, Target, noun};

/// Asks whether to delete a group with all below it.
pub(crate) fn delete_dialog(group: &Target, outcome: &Outcome<Target>) -> View {
    let client = use_client();
    let (done, closed) = (outcome.done, outcome.closed);
    let sending = Sending::new();
    let typed = FieldState::new("");
    let asks_name = group.uid.is_root() || group.has_children;
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
        spawn_local(async move {
            let answer = if group.has_children {
                match client.delete_subtree(&group.uid).await {
                    // A server that does not know how: it says at least what is in the way.
                    Err(error) if is_unknown(&error) => client.delete_group(&group.uid).await,
                    answer => answer,
                }
            } else {
                client.delete_group(&group.uid).await
            };
            match answer {
                Ok(()) => {
                    sending.done();
                    done.run(group);
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
    let with = if group.has_children {
        " and all below it"
    } else {
        ""
    };
    let words = ["Delete ", noun(&group.uid), with].concat();
    let send = Button::new(Kind::Danger, &words).refused(is_unsure);
    sending.view(("delete-group", &title), body, send, closed, submit)
}

fn is_unknown(error: &Error) -> bool {
    error
        .status()
        .is_some_and(|status| status.field("force").is_some())
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
    let below = if group.has_children {
        below(group)
    } else {
        losses_here(group, None).into()
    };
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(el("p").child("This cannot be undone. Lost are:"))
        .child(below)
}

/// What the server counts below, before anything is done.
fn below(group: &Target) -> View {
    let uid = group.uid.clone();
    let summary = query(
        move || Some(uid.clone()),
        |client, uid| Box::pin(async move { client.summarize_group(&uid).await }),
    );
    let group = group.clone();
    dynamic(move || {
        summary.state.with(|summary| match summary {
            Remote::Loading => loading("Counting what is below", bone()),
            Remote::Ready(summary) => losses_here(&group, Some(summary)),
            Remote::Failed(_) => {
                let words = "There are folders in it. The server did not say how many, nor who \
                             loses a role with them.";
                el("div")
                    .child(losses_here(&group, None))
                    .child(tag("p", "ui-quiet").child(words))
            }
        })
    })
}

fn losses_here(group: &Target, summary: Option<&GroupSummary>) -> El {
    let mut lost = vec![
        [
            "The ",
            noun(&group.uid),
            " and its id. Links to it stop working.",
        ]
        .concat(),
    ];
    let number = |text: &str| text.parse().ok().filter(|number: &usize| *number > 0);
    let folders = summary.and_then(|summary| number(&summary.descendant_count));
    lost.extend(folders.map(|count| counted(count, "folder", "folders") + " below it."));
    let bindings = summary.and_then(|summary| number(summary.role_binding_count.as_deref()?));
    let people = summary.and_then(|summary| number(summary.identity_count.as_deref()?));
    lost.push(match (bindings, people) {
        (Some(bindings), Some(people)) => [
            &counted(bindings, "role binding", "role bindings"),
            ": ",
            &counted(people, "identity has", "identities have"),
            " a role by them, and lose it.",
        ]
        .concat(),
        _ => "All role bindings made there: who has a role by them loses it.".to_owned(),
    });
    let lost = lost.into_iter().map(|words| {
        el("li")
            .flag("data-lose")
            .child(icon(Icon::X))
            .child(el("span").child(words))
            .into()
    });
    tag("ul", "ui-can").child(views(lost))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    [
        grouped(count).as_str(),
        " ",
        if count == 1 { one } else { many },
    ]
    .concat()
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
