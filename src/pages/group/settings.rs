//! What one may change of a group: name and description, and whether it is there at all.

use bailiwick_domain::Uidp;

use crate::parts::access::{Action, WHY_NOT, refused};
use crate::parts::group_form::{description_field, name_field, noun};
use crate::parts::problem::refusal;
use crate::reactive::untrack;
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::facts::facts;
use crate::ui::icon::Icon;
use crate::ui::section::section;

use super::devices::devices;
use super::saving::{Conflict, Saving};
use super::state::Shown;

/// The tab.
pub(super) fn settings(shown: Shown, uid: &Uidp) -> View {
    let at = Signal::stored(uid.clone());
    let Some(saving) = Saving::start(shown, uid) else {
        return crate::ui::dom::nothing();
    };
    let is_org = *uid == uid.organization();
    views([
        form(shown, saving, refused(Action::Rename, at)).into(),
        is_org
            .then(|| devices(shown, uid, refused(Action::Rename, at)))
            .into(),
        section("delete", "Delete", delete(shown, uid, at)).into(),
    ])
}

fn form(shown: Shown, saving: Saving, may_not: Signal<bool>) -> El {
    saving.name.fixed(may_not);
    saving.description.fixed(may_not);
    let is_dirty = Signal::derive(move || saving.is_dirty());
    shown.router.ask_before_leaving(is_dirty);
    let unchanged = Signal::derive(move || may_not.get() || !is_dirty.get());
    let save = Button::new(Kind::Primary, "Save changes")
        .submits()
        .refused(unchanged)
        .pending(saving.is_pending);
    let save = if untrack(|| may_not.get()) {
        save.reason(WHY_NOT)
    } else {
        save
    };
    let undo = move || {
        is_dirty.get().then(|| {
            Button::new(Kind::Quiet, "Undo changes")
                .on_press(Callback::new(move |()| saving.undo()))
                .view()
        })
    };
    let mut name = name_field();
    name.autofocus = false;
    el("form")
        .flag("novalidate")
        .attr("class", "l-stack p-form")
        .attr("aria-label", "Basics")
        .on("submit", move |event| {
            event.prevent_default();
            if !untrack(|| unchanged.get()) {
                saving.save();
            }
        })
        .child(name.view(saving.name, "Name"))
        .child(description_field().view(saving.description, "Description"))
        .child(dynamic(move || {
            saving
                .conflict
                .with(|conflict| conflict.as_ref().map(|conflict| both(saving, conflict)))
        }))
        .child(dynamic(move || {
            saving.error.with(|error| error.as_ref().map(refusal))
        }))
        .child(tag("div", "l-row").child(save.view()).child(dynamic(undo)))
}

/// What another one saved meanwhile, beside what is written here.
fn both(saving: Saving, conflict: &Conflict) -> El {
    let said = |text: &str| {
        if text.is_empty() {
            "(empty)".to_owned()
        } else {
            text.to_owned()
        }
    };
    let theirs = facts([
        ("Their name", said(&conflict.theirs.name).into()),
        ("Your name", said(&saving.name.text.get_untracked()).into()),
        (
            "Their description",
            said(&conflict.theirs.description).into(),
        ),
        (
            "Your description",
            said(&saving.description.text.get_untracked()).into(),
        ),
    ]);
    let keep = Button::new(Kind::Primary, "Save yours")
        .small()
        .on_press(Callback::new(move |()| saving.keep_mine()));
    let take = Button::new(Kind::Plain, "Take theirs")
        .small()
        .on_press(Callback::new(move |()| saving.take_theirs()));
    let words = "Someone changed it while you were writing. Nothing of yours was saved yet.";
    callout(
        Tone::Warn,
        views([
            el("p").attr("role", "alert").child(words).into(),
            theirs.into(),
            tag("div", "l-row")
                .child(keep.view())
                .child(take.view())
                .into(),
        ]),
    )
}

fn delete(shown: Shown, uid: &Uidp, at: Signal<Uidp>) -> View {
    let words = [
        "Deleting the ",
        noun(uid),
        " takes everything below it with it. A preview says what, before anything is done.",
    ]
    .concat();
    let button = Button::new(Kind::Loss, &["Delete this ", noun(uid)].concat())
        .glyph(Icon::Trash)
        .refused(refused(Action::Delete, at))
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| shown.ask(Action::Delete)));
    views([
        tag("p", "ui-quiet").child(words).into(),
        el("p").child(button.view()).into(),
    ])
}
