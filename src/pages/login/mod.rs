//! Signing in: the providers to choose from.

mod map;

use crate::browser;
use crate::parts::gate::{gate, gate_head};
use crate::parts::providers::providers;
use crate::reactive::untrack;
use crate::routes;
use crate::session::{Phase, Prompt, use_session};
use crate::ui::dom::{View, el, tag, views};
use crate::ui::heading::decision;

/// The page. Whoever is signed in sees it only in a tab that another one waits for.
pub(crate) fn page() -> View {
    let session = use_session();
    let prompt = browser::query_value("prompt").unwrap_or_default();
    let prompt = match prompt.as_str() {
        "select_account" => Prompt::SelectAccount,
        "login" => Prompt::Login,
        _ => Prompt::Any,
    };
    let is_signed_in = untrack(|| session.phase()) == Phase::SignedIn;
    if is_signed_in && prompt != Prompt::Login {
        session.tell_other_tabs();
        // A browser closes no tab that somebody opened themselves, and complains.
        if session.return_to() == routes::LOGIN_THEN_CLOSE {
            browser::close();
        }
        return beside_map(done());
    }
    if browser::query_value("then").as_deref() == Some("close") {
        session.remember(routes::LOGIN_THEN_CLOSE);
    }
    let head = if is_signed_in { again() } else { welcome() };
    beside_map(views([head, providers(prompt)]))
}

fn beside_map(column: View) -> View {
    tag("div", "p-login")
        .child(gate(column))
        .child(map::map())
        .into()
}

fn welcome() -> View {
    let host = tag("p", "ui-quiet")
        .child("You are signing in to ")
        .child(el("strong").child(browser::host()))
        .child(".");
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(decision("Sign in"))
        .child(host)
        .into()
}

fn again() -> View {
    let me = untrack(|| use_session().person()).map(|person| person.label());
    let words = tag("p", "ui-quiet")
        .child("Prove once more that you are ")
        .child(el("strong").child(me))
        .child(". Then the other tab goes on.");
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(decision("Sign in again"))
        .child(words)
        .into()
}

fn done() -> View {
    let words =
        "Go back to the tab that you came from: it goes on by itself. You can close this one.";
    gate_head("You are signed in", words).into()
}
