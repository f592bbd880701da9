//! What came of it, and what one has to do first.

use bailiwick_api::DeviceRequest;

use crate::parts::gate::gate_head;
use crate::parts::providers::providers;
use crate::routes;
use crate::session::Prompt;
use crate::ui::button::{Kind, link_button};
use crate::ui::dom::{View, el, views};

use super::called;

/// Approving takes a sign-in of the last 15 minutes. It leads back to the code.
pub(super) fn step_up(device: &DeviceRequest) -> View {
    let words = [
        "Signing in ",
        &called(device),
        " takes a proof of who you are that is at most 15 minutes old. You come back to the code.",
    ]
    .concat();
    views([
        gate_head("Sign in again to approve", &words).into(),
        providers(Prompt::Login),
    ])
}

pub(super) fn approved(device: &DeviceRequest) -> View {
    let words = [
        &called(device),
        " acts as you from now on. You can close this page and go back to it.",
    ]
    .concat();
    views([
        gate_head("Your terminal is signed in", &words).into(),
        el("p")
            .child(link_button(
                Kind::Plain,
                routes::ME,
                "See what is signed in",
            ))
            .into(),
    ])
}

pub(super) fn denied() -> View {
    let words = "The terminal got nothing. If you did not ask for the code, somebody else did: you \
                 need to do nothing more.";
    views([
        gate_head("You denied it", words).into(),
        el("p")
            .child(link_button(
                Kind::Plain,
                routes::ORGANIZATIONS,
                "Go to your organizations",
            ))
            .into(),
    ])
}
