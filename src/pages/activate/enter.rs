//! Where the code is put in.

use bailiwick_domain::user_code::USER_CODE_TEXT_MAX;

use crate::parts::gate::gate_head;
use crate::parts::problem::refusal;
use crate::state::Signal;
use crate::ui::button::{Button, Kind};
use crate::ui::command::command;
use crate::ui::dom::{View, dynamic, el, tag, views};
use crate::ui::field::Field;

use super::state::{Activation, Doing, check};

pub(super) fn enter(activation: Activation) -> View {
    let is_looking = Signal::derive(move || activation.doing.get() == Doing::Looking);
    let field = Field {
        id: "user-code",
        hint: "8 letters. Case, dashes and spaces do not matter.",
        max: USER_CODE_TEXT_MAX,
        autofocus: true,
        tidy: ToOwned::to_owned,
        check,
    };
    let next = Button::new(Kind::Primary, "Continue")
        .large()
        .pending(is_looking)
        .submits();
    let form = el("form")
        .flag("novalidate")
        .attr("class", "l-stack p-activate")
        .on("submit", move |event| {
            event.prevent_default();
            activation.look_up();
        })
        .child(field.view(activation.code, "Code"))
        .child(dynamic(move || {
            activation.error.with(|error| error.as_ref().map(refusal))
        }))
        .child(next.view());
    let warning = "Only enter a code that you asked for yourself. Nobody who helps you will ever \
                   send you one.";
    let none_yet = tag("div", "l-stack l-rule")
        .attr("data-gap", "2")
        .child(tag("p", "ui-quiet").child("No code yet? On the machine without a browser, run"))
        .child(command("bailiwick auth login --headless"));
    views([
        gate_head(
            "Enter your terminal’s code",
            "It signs that terminal in as you.",
        )
        .into(),
        form.into(),
        tag("p", "ui-quiet").child(warning).into(),
        none_yet.into(),
    ])
}
