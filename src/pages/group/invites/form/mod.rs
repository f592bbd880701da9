//! Inviting people: whom, with which role, for how long; and beside it what that gives.

mod addresses;
mod aside;
mod draft;

use crate::reactive::untrack;

use crate::parts::problem::refusal;
use crate::state::{Callback, Signal, memo};
use crate::ui::button::{Button, Kind};
use crate::ui::check::check;
use crate::ui::chips::Chips;
use crate::ui::command::command;
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{View, dynamic, el, switch, tag, views};
use crate::ui::segment::segment;

use super::links::links;
use super::state::Invites;
use crate::pages::group::state::Shown;
use draft::{BY_LINK, Draft, Stage, TO_PEOPLE};

/// The id of the field with the addresses.
const PEOPLE: &str = "invite-people-field";

/// The dialog.
pub(super) fn invite(shown: Shown, invites: Invites, closed: Callback<()>) -> View {
    let draft = Draft::start(invites, untrack(|| shown.path()));
    let name = untrack(|| shown.name());
    switch(
        move || draft.stage.get(),
        move |stage| match stage {
            Stage::Form => form(draft, &name, closed),
            Stage::Sure => sure(draft, &name, closed),
            Stage::Links => {
                let again = Callback::new(move |()| draft.stage.set(Stage::Form));
                draft
                    .outcome
                    .with_value(|outcome| links(draft.invites, outcome, Some(again), closed))
            }
        },
    )
}

fn form(draft: Draft, name: &str, closed: Callback<()>) -> View {
    let dialog = Dialog::new().wide();
    let to_people = memo(move || draft.is_to_people());
    let kinds = [
        (TO_PEOPLE, "Certain people"),
        (BY_LINK, "Anyone with the link"),
    ];
    let people = move || {
        let sends_mail = untrack(|| draft.invites.session.server()).sends_mail;
        to_people.get().then(|| {
            let field = Chips {
                id: PEOPLE,
                label: "Addresses",
                hint: if sends_mail {
                    "One or many, also pasted. Each gets a mail with a link of their own, which works \
                     only for that address, if the provider vouches for it."
                } else {
                    "One or many, also pasted. Each gets a link of their own, which you hand over. It \
                     works only for that address, if the provider vouches for it."
                },
                texts: draft.emails,
                faults: draft.faults,
                read: addresses::read,
            };
            field.view()
        })
    };
    let once = move || {
        let (words, fixed) = if to_people.get() {
            (
                "Each link works once, because it is for one address.",
                Some(true),
            )
        } else {
            ("The link works once: for the first who uses it.", None)
        };
        check(words, draft.is_once, Signal::stored(fixed))
    };
    let fields = tag("div", "l-stack")
        .attr("data-gap", "5")
        .child(segment("kind", "Who may use it", &kinds, draft.kind))
        .child(dynamic(people))
        .child(draft.role.view("invite-role"))
        .child(
            tag("div", "l-stack")
                .attr("data-gap", "1")
                .child(draft.life.view()),
        )
        .child(dynamic(once))
        .child(
            el("details")
                .child(el("summary").child("The same by command line"))
                .child(dynamic(move || command(&draft.command()))),
        )
        .child(dynamic(move || {
            draft.error.with(|error| error.as_ref().map(refusal))
        }));
    let columns = tag("div", "p-invite")
        .child(fields)
        .child(aside::aside(draft, name));
    let lack = tag("p", "ui-lose")
        .attr("role", "status")
        .text(move || draft.lack());
    let cancel = Button::new(Kind::Quiet, "Cancel")
        .refused(draft.is_pending)
        .on_press(Callback::new(move |()| dialog.close()));
    // The words change with the number, and the button must not lose the focus meanwhile.
    let send = dynamic(move || {
        let count = draft.count();
        let words = match (draft.is_to_people(), count) {
            (false, _) => "Create link".to_owned(),
            (true, 0 | 1) => "Create invite".to_owned(),
            (true, many) => ["Create ", &many.to_string(), " invites"].concat(),
        };
        let is_off = Signal::derive(move || {
            draft.count() == 0 || !draft.lack().is_empty() || draft.choice().is_none()
        });
        Button::new(Kind::Primary, &words)
            .submits()
            .refused(is_off)
            .pending(draft.is_pending)
            .view()
    });
    let form = el("form")
        .flag("novalidate")
        .on("submit", move |event| {
            event.prevent_default();
            draft.submit();
        })
        .child(columns)
        .child(dialog_end([lack.into(), cancel.view(), send]));
    let title = ["Invite people to ", name].concat();
    dialog.view(
        "invite",
        &title,
        Some(draft.is_pending.into()),
        closed,
        form,
    )
}

/// The second question, for owner rights.
fn sure(draft: Draft, name: &str, closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let count = untrack(|| draft.count());
    let (to_people, is_once) = (
        untrack(|| draft.is_to_people()),
        draft.is_once.get_untracked(),
    );
    let (title, who, send) = match (to_people, count) {
        (true, 1) => (
            "Give owner rights?",
            "This person",
            "Invite 1 owner".to_owned(),
        ),
        (true, many) => (
            "Give owner rights?",
            "Each of these people",
            ["Invite ", &many.to_string(), " owners"].concat(),
        ),
        (false, _) if is_once => (
            "Give owner rights by a link?",
            "The first who gets hold of the link",
            "Create the link".to_owned(),
        ),
        (false, _) => (
            "Give owner rights by a link?",
            "Everyone who gets hold of the link",
            "Create the link".to_owned(),
        ),
    };
    let words = [
        who,
        " can then do everything in ",
        name,
        " and below: see it, change it, delete it, make others owner, and take your own rights away.",
    ]
    .concat();
    let people = to_people.then(|| {
        let emails = draft.emails.get_untracked();
        let list = emails
            .iter()
            .take(10)
            .map(|email| el("li").child(el("strong").child(email)).into());
        let more = (emails.len() > 10)
            .then(|| el("li").child(["and ", &(emails.len() - 10).to_string(), " more"].concat()));
        tag("ul", "l-stack")
            .attr("data-gap", "1")
            .child(views(list))
            .child(more)
    });
    let back = Button::new(Kind::Quiet, "Back")
        .autofocus()
        .refused(draft.is_pending)
        .on_press(Callback::new(move |()| draft.stage.set(Stage::Form)));
    let send = Button::new(Kind::Danger, &send)
        .pending(draft.is_pending)
        .on_press(Callback::new(move |()| draft.submit()));
    let inner = views([
        tag("div", "ui-dialog-body")
            .child(el("p").child(words))
            .child(people)
            .into(),
        dialog_end([back.view(), send.view()]).into(),
    ]);
    dialog.view("sure", title, Some(draft.is_pending.into()), closed, inner)
}
