//! What came of it.

use bailiwick_api::DeviceRequest;

use crate::parts::gate::gate_head;
use crate::routes;
use crate::ui::button::{Kind, link_button};
use crate::ui::dom::{View, el, views};

use super::called;

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
