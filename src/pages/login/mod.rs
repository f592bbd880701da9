//! Signing in: the providers to choose from.

mod map;

use crate::browser;
use crate::parts::gate::gate;
use crate::parts::providers::providers;
use crate::session::Prompt;
use crate::ui::dom::{View, el, tag, views};
use crate::ui::heading::decision;

/// The page.
pub(crate) fn page() -> View {
    let host = tag("p", "ui-quiet")
        .child("You are signing in to ")
        .child(el("strong").child(browser::host()))
        .child(".");
    let head = tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(decision("Sign in"))
        .child(host);
    let prompt = match browser::query_value("prompt").as_deref() {
        Some("select_account") => Prompt::SelectAccount,
        _ => Prompt::Any,
    };
    let column = views([head.into(), providers(prompt)]);
    tag("div", "p-login")
        .child(gate(column))
        .child(map::map())
        .into()
}
