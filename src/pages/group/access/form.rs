//! Giving access, or giving another role or end: to whom, which role, until when. What it comes to
//! is looked at before it is saved.

use bailiwick_api::RoleBinding;

use crate::parts::review::review;
use crate::parts::role::can;
use crate::parts::who::label;
use crate::reactive::untrack;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, find_id, switch, tag};

use super::draft::Draft;
use super::person::{FIELD, person};
use super::state::List;

/// The dialog: the form, and then the review.
pub(super) fn form(list: List, chosen: Vec<RoleBinding>, closed: Callback<()>) -> View {
    let draft = Draft::start(list, chosen);
    let back = Callback::new(move |()| draft.is_reviewing.set(false));
    switch(
        move || draft.is_reviewing.get(),
        move |is_reviewing| {
            if *is_reviewing {
                review(draft.asked(), back)
            } else {
                fields(draft, closed)
            }
        },
    )
}

fn fields(draft: Draft, closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let place = untrack(|| draft.list.shown.name());
    let chosen = draft.chosen.get_value();
    let title = match chosen.as_slice() {
        [] => ["Add access to ", &place].concat(),
        [one] => ["Change the access of ", &label(&one.identity)].concat(),
        many => ["Change ", &many.len().to_string(), " bindings"].concat(),
    };
    let about = move || {
        let choice = draft.role.choice()?;
        let about = tag("p", "ui-quiet").child(&choice.role.description);
        let can = can(&choice.role.capabilities, false);
        Some(
            tag("div", "l-stack")
                .attr("data-gap", "2")
                .child(about)
                .child(can),
        )
    };
    let body = tag("div", "ui-dialog-body")
        .child(chosen.is_empty().then(|| person(draft.list, draft.person)))
        .child(draft.role.view("access-role"))
        .child(dynamic(about))
        .child(draft.until.view());
    let lack = tag("p", "ui-quiet")
        .attr("role", "status")
        .text(move || draft.lack().to_owned());
    let cancel =
        Button::new(Kind::Quiet, "Cancel").on_press(Callback::new(move |()| dialog.close()));
    let is_off = Signal::derive(move || !draft.lack().is_empty());
    let send = Button::new(Kind::Primary, "Review")
        .submits()
        .refused(is_off);
    let form = tag("form", "")
        .flag("novalidate")
        .on("submit", move |event| {
            event.prevent_default();
            if untrack(|| draft.lack()).is_empty() {
                draft.is_reviewing.set(true);
            } else if let Some(field) = find_id(FIELD) {
                field.focus();
            }
        })
        .child(body)
        .child(dialog_end([lack.into(), cancel.view(), send.view()]));
    dialog.view("access-form", &title, None, closed, form)
}
