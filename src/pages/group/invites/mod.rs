//! Who is asked to join a group: the list, and the way to ask more people.

mod about;
mod access;
mod command;
mod form;
mod life;
mod links;
mod mail;
mod renew;
mod state;
mod table;

use bailiwick_domain::{Capability, Uidp};

use crate::parts::problem::{problem, refusal};
use crate::parts::why::why_you;
use crate::remote::Remote;
use crate::routes::{self, Tab};
use crate::state::{Callback, Signal, memo};
use crate::ui::button::{Button, Kind};
use crate::ui::command::command;
use crate::ui::dom::{El, View, dynamic, el, switch, tag, views};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;
use crate::ui::pagination::pagination;
use crate::ui::search_field::search_field;

use super::state::Shown;
use access::{WHY_NOT, may_invite, may_revoke, why_not};
pub(super) use state::INVITE;
use state::{Asked, FILTERS, Invites};

/// What stands in the place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Loading,
    Failed,
    /// None in these states; `true` for others than the open ones.
    Nothing(bool),
    NoMatch,
    Table,
}

/// The tab.
pub(super) fn invites(shown: Shown, uid: &Uidp) -> View {
    if !shown.session.may(Capability::GROUP_INVITES_LIST, uid) {
        return forbidden(shown).into();
    }
    let invites = Invites::start(uid);
    let path = shown.path();
    let showing = memo(move || match &*invites.rows.read() {
        Remote::Loading => Showing::Loading,
        Remote::Failed(_) => Showing::Failed,
        Remote::Ready(rows) if !rows.is_empty() => Showing::Table,
        Remote::Ready(_) if invites.is_narrowed() => Showing::NoMatch,
        Remote::Ready(_) => Showing::Nothing(!invites.filter().is_empty()),
    });
    let listing = path.clone();
    let body = move |showing: &Showing| match showing {
        Showing::Loading => table::skeleton().into(),
        Showing::Failed => dynamic(move || failed(invites)),
        Showing::Nothing(true) => none_closed().into(),
        Showing::Nothing(false) => nobody(&listing).into(),
        Showing::NoMatch => no_match(invites).into(),
        Showing::Table => table::table(invites).into(),
    };
    let at = Signal::stored(uid.clone());
    let may = move || at.with(|at| may_invite(invites.session, at));
    let find = tag("div", "l-row p-tools")
        .child(filters(invites, uid))
        .child(search_field("find-invite", "Find an address", invites.text))
        .child(tag("div", "l-end").child(invite_button(invites, Kind::Primary, at)));
    let more = Callback::new(move |()| invites.load_more());
    views([
        dynamic(move || {
            (!may()).then(|| {
                let who = at.with(|at| why_you("group_invites.create", at, &shown.name()));
                tag("div", "l-row").child(why_not()).child(who)
            })
        }),
        find.into(),
        tag("div", "l-contain")
            .child(switch(move || showing.get(), body))
            .into(),
        dynamic(move || invites.more_error.with(|error| error.as_ref().map(refusal))),
        pagination(invites.shown(), invites.is_loading_more, more),
        dynamic(move || (showing.get() == Showing::Table).then(|| command(&command::list(&path)))),
        invites.selection.bar(move || bar(invites)),
        dialogs(shown, invites),
    ])
}

fn invite_button(invites: Invites, kind: Kind, at: Signal<Uidp>) -> View {
    let refused = Signal::derive(move || at.with(|at| !may_invite(invites.session, at)));
    Button::new(kind, "Invite people")
        .glyph(Icon::Mail)
        .refused(refused)
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| invites.ask(Asked::Invite)))
        .view()
}

/// The states that the list can be narrowed to; each has an address.
fn filters(invites: Invites, uid: &Uidp) -> El {
    let here = routes::group_tab(uid, Tab::Invites);
    let list = tag("nav", "ui-segment").attr("aria-label", "States");
    FILTERS.into_iter().fold(list, |list, (word, words, _)| {
        let here = here.clone();
        let link = tag("a", "ui-segment-item")
            .bind("href", move || Some(here.clone() + &invites.query(word)))
            .bind("aria-current", move || {
                (invites.filter() == word).then(|| "true".to_owned())
            })
            .child(words);
        list.child(link)
    })
}

fn failed(invites: Invites) -> Option<El> {
    let again = invites.first.retry();
    invites.rows.with(|rows| match rows {
        Remote::Failed(error) => Some(problem("The invites did not arrive", error, again)),
        _ => None,
    })
}

fn forbidden(shown: Shown) -> El {
    let title = ["You may not see the invites of ", &shown.name()].concat();
    let words = "That takes group_invites.list. An owner can give it to you.";
    empty(&title, words, crate::ui::dom::nothing())
}

fn nobody(path: &str) -> El {
    let words = "An invite asks someone to join with one role, here and below. It waits until it is \
                 accepted, taken back, or its time is over.";
    let whom = command::Whom::Address("someone@example.com");
    let line = command::create(path, whom, "viewer", "7d");
    empty("Nobody is invited", words, command(&line))
}

fn none_closed() -> El {
    let words = "There is none of the last 30 days, here or below.";
    empty("No such invite", words, crate::ui::dom::nothing())
}

fn no_match(invites: Invites) -> El {
    let words = move || {
        let text = invites.text.get();
        ["No invite here has ", text.trim(), " in its address."].concat()
    };
    let clear = Button::new(Kind::Plain, "Show all")
        .on_press(Callback::new(move |()| invites.text.set(String::new())));
    tag("div", "ui-empty")
        .child(el("p").attr("role", "status").text(words))
        .child(clear.view())
}

/// What one may do with the rows that are chosen.
fn bar(invites: Invites) -> View {
    let at = invites.at.get_value();
    let button = |kind, words: &str, asked: fn(Vec<_>) -> Asked| {
        let ask = move |()| invites.ask(asked(invites.chosen()));
        Button::new(kind, words)
            .small()
            .on_press(Callback::new(ask))
    };
    let again = [
        button(Kind::Plain, "New links", Asked::Reissue),
        button(Kind::Plain, "Extend", Asked::Extend),
    ];
    let again = may_invite(invites.session, &at).then(|| views(again.map(Button::view)));
    let revoke = button(Kind::Loss, "Revoke", Asked::Revoke);
    let revoke = may_revoke(invites.session, &at).then(|| revoke.view());
    views([again.into(), revoke.into()])
}

/// The dialog that is open, if any.
fn dialogs(shown: Shown, invites: Invites) -> View {
    let closed = Callback::new(move |()| invites.closed());
    dynamic(move || {
        invites.asked.get().map(|asked| match asked {
            Asked::Invite => form::invite(shown, invites, closed),
            Asked::About(invite) => about::about(invites, &invite, closed),
            Asked::Reissue(chosen) => renew::reissue(invites, chosen, closed),
            Asked::Extend(chosen) => renew::extend(invites, chosen, closed),
            Asked::Revoke(chosen) => renew::revoke(invites, chosen, closed),
        })
    })
}
