//! The form of a role, and what stands round it.

use bailiwick_api::CatalogueEntry;
use bailiwick_domain::{Capability, CapabilitySet};

use crate::parts::access::refused_words;
use crate::parts::capabilities::holds;
use crate::parts::group_form::{description_field, name_field};
use crate::parts::problem::refusal;
use crate::parts::review::review;
use crate::reactive::untrack;
use crate::routes::{self, Part};
use crate::state::{Callback, Signal, StoredValue};
use crate::ui::badge::badge;
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, nothing, tag, views};
use crate::ui::heading::heading;
use crate::ui::id::id;
use crate::ui::section::section;

use super::draft::{About, Draft, Reviewing};
use super::{FROM, held, holders};

/// The id of the element that says why something is refused.
const WHY_NOT: &str = "why-not-role";

/// Everything that there is to hold.
type Catalogue = StoredValue<Vec<CatalogueEntry>>;

/// The page of a role.
pub(super) fn form(draft: Draft, catalogue: Catalogue) -> View {
    let why_fixed = draft.why_fixed();
    let is_fixed = !why_fixed.is_empty();
    let fixed = Signal::stored(is_fixed);
    draft.name.fixed(fixed);
    draft.description.fixed(fixed);
    if !is_fixed {
        let dirty = Signal::derive(move || draft.is_dirty());
        draft.router.ask_before_leaving(dirty);
    }
    let title = move || match &*draft.saved.read().name {
        "" => "New role".to_owned(),
        name => name.to_owned(),
    };
    let about = |part: fn(&About) -> View| draft.about.with_value(part);
    let is_there = !draft.is_new;
    let head = tag("div", "l-row p-head")
        .child(heading(title, title))
        .child(is_there.then(|| actions(draft)));
    let uid = is_there.then(|| {
        about(|about| {
            tag("p", "l-row")
                .child(badge(Tone::Plain, &about.kind))
                .child(id(about.uid.as_str(), "this role"))
                .into()
        })
    });
    let why_not = if is_fixed || !draft.may_not_delete() {
        why_fixed
    } else {
        refused_words("Deleting it", "roles.delete")
    };
    let why_not =
        (!why_not.is_empty()).then(|| tag("p", "ui-quiet").attr("id", WHY_NOT).child(&why_not));
    let mut name = name_field();
    name.autofocus = false;
    let fields = tag("div", "l-stack p-form")
        .child(name.view(draft.name, "Name"))
        .child(description_field().view(draft.description, "Description"));
    let list = catalogue.with_value(|all| held::held(draft.held, draft.saved, all, is_fixed));
    let bar = if is_fixed {
        nothing()
    } else {
        pending(draft, catalogue)
    };
    let form = el("form")
        .flag("novalidate")
        .attr("class", "l-stack")
        .attr("data-gap", "5")
        .attr("aria-label", "Role")
        .on("submit", move |event| {
            event.prevent_default();
            if !is_fixed && untrack(|| may_ask(draft)) {
                draft.ask();
            }
        })
        .child(fields)
        .child(section("holds", "What it lets one do", list))
        .child(bar);
    let who = is_there.then(|| {
        let list = about(|about| holders::holders(&about.org, &about.uid));
        section("held-by", "Who has it", list)
    });
    let dialog = dynamic(move || {
        let what = draft.reviewing.get()?;
        let closed = Callback::new(move |()| draft.reviewing.set(None));
        let asked = catalogue.with_value(|all| draft.asked(what, all));
        Some(review(asked, closed))
    });
    views([
        head.into(),
        uid.into(),
        why_not.into(),
        form.into(),
        who.into(),
        dialog,
    ])
}

/// Copying and deleting.
fn actions(draft: Draft) -> View {
    let copy = draft.about.with_value(|about| {
        let new = routes::of_org(&about.org, &Part::NewRole);
        [&new, "?", FROM, "=", about.uid.as_str()].concat()
    });
    let copy = draft
        .may(Capability::ROLES_CREATE)
        .then(|| link_button(Kind::Plain, &copy, "Copy as a new role"));
    let delete = (!draft.is_built_in).then(|| {
        Button::new(Kind::Loss, "Delete")
            .refused(Signal::stored(draft.may_not_delete()))
            .reason(WHY_NOT)
            .on_press(Callback::new(move |()| {
                draft.reviewing.set(Some(Reviewing::Delete));
            }))
            .view()
    });
    tag("div", "l-row l-end").child(copy).child(delete).into()
}

/// Whether there is anything to save that can be saved. Tracked.
fn may_ask(draft: Draft) -> bool {
    draft.is_dirty() && !draft.held.get().is_empty()
}

/// The bar that says what is not saved yet, and leads to the review.
fn pending(draft: Draft, catalogue: Catalogue) -> View {
    let conflict = move || draft.is_conflict.get().then(|| said_conflict(draft));
    let error = move || draft.error.with(|error| error.as_ref().map(refusal));
    let words = move || {
        let (added, gone) = draft.difference();
        catalogue.with_value(|all| {
            views([
                said(all, "Added: ", &added),
                said(all, "Taken away: ", &gone),
            ])
        })
    };
    let count = move || {
        let held = draft.held.get().len();
        match held {
            0 => "A role lets one do something: choose at least one.".to_owned(),
            held => {
                let (added, gone) = draft.difference();
                let parts = [
                    &held.to_string(),
                    " capabilities: ",
                    &added.len().to_string(),
                    " added, ",
                    &gone.len().to_string(),
                    " taken away.",
                ];
                parts.concat()
            }
        }
    };
    let refused = Signal::derive(move || !may_ask(draft));
    let save = Button::new(Kind::Primary, "Review")
        .submits()
        .refused(refused)
        .pending(draft.is_pending);
    let undo = Button::new(Kind::Quiet, "Discard").on_press(Callback::new(move |()| draft.undo()));
    let buttons = tag("div", "l-row l-end")
        .child(undo.view())
        .child(save.view());
    tag("div", "ui-pending l-stack")
        .attr("data-gap", "2")
        .attr("role", "region")
        .attr("aria-label", "Unsaved changes")
        .bind_flag("hidden", move || !draft.is_dirty())
        .child(dynamic(conflict))
        .child(dynamic(error))
        .child(dynamic(words))
        .child(
            tag("div", "l-row")
                .child(el("strong").attr("role", "status").text(count))
                .child(buttons),
        )
        .into()
}

fn said(catalogue: &[CatalogueEntry], begins: &str, set: &CapabilitySet) -> View {
    if set.is_empty() {
        return nothing();
    }
    let names = catalogue.iter().filter(|entry| holds(set, entry));
    let names: Vec<&str> = names.map(|entry| entry.name.as_str()).collect();
    tag("p", "ui-tiny p-difference")
        .child([begins, &names.join(", ")].concat())
        .into()
}

fn said_conflict(draft: Draft) -> El {
    let take = Button::new(Kind::Plain, "Take theirs")
        .small()
        .on_press(Callback::new(move |()| draft.undo()));
    let words = "Someone changed this role while you were writing. The difference is now to what \
                 they saved. Review again to save yours.";
    callout(
        Tone::Warn,
        views([
            el("p").attr("role", "alert").child(words).into(),
            take.view(),
        ]),
    )
}
