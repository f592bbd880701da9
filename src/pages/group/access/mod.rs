//! Who may do what in a group: by the bindings of the group itself and by those from above.

mod draft;
mod form;
mod person;
mod state;
mod table;
mod until;

use bailiwick_api::{Change, RoleBinding};
use bailiwick_domain::{Capability, Uidp};

use crate::parts::problem::problem;
use crate::parts::review::{self, review};
use crate::parts::who::label;
use crate::parts::why::{why, why_you};
use crate::reactive::untrack;
use crate::remote::Remote;
use crate::state::{Callback, Signal, memo};
use crate::ui::button::{Button, Kind};
use crate::ui::command::{command, quoted};
use crate::ui::dom::{El, View, dynamic, nothing, switch, tag, views};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;
use crate::ui::search_field::search_field;

use super::state::Shown;
use state::{Asked, BY, BY_ROLE, ENDING, HERE, INHERITED, List, MOST, SHOW};

/// The id of the element that says why changing is refused.
pub(super) const WHY_NOT: &str = "why-not-access";

/// What stands in the place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Loading,
    Failed,
    Nothing,
    NoMatch,
    Table,
}

/// The tab.
pub(super) fn access(shown: Shown, uid: &Uidp) -> View {
    if !shown.session.may(Capability::ROLE_BINDINGS_LIST, uid) {
        let title = ["You may not see who has access to ", &shown.name()].concat();
        let words = "That takes role_bindings.list. An owner can give it to you.";
        let who = why_you("role_bindings.list", uid, &shown.name());
        return empty(&title, words, who).into();
    }
    let list = List::start(shown, uid);
    let path = shown.path();
    let showing = memo(move || {
        let mut found = Showing::Nothing;
        for section in list.sections() {
            match &*section.rows.read() {
                Remote::Failed(_) => return Showing::Failed,
                Remote::Loading => found = Showing::Loading,
                Remote::Ready(rows) if !rows.is_empty() && found == Showing::Nothing => {
                    found = Showing::Table;
                }
                Remote::Ready(_) => {}
            }
        }
        if found == Showing::Nothing && list.is_narrowed() {
            found = Showing::NoMatch;
        }
        found
    });
    let body = move |showing: &Showing| match showing {
        Showing::Loading => table::skeleton().into(),
        Showing::Failed => dynamic(move || failed(list)),
        Showing::Nothing => nobody(list).into(),
        Showing::NoMatch => no_match(list).into(),
        Showing::Table => table::table(list),
    };
    let at = uid.clone();
    let refused = Signal::derive(move || !list.may_change(&at));
    let add = Button::new(Kind::Primary, "Add access")
        .glyph(Icon::Plus)
        .refused(refused)
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| list.ask(Asked::Form(Vec::new()))));
    let mut shows = vec![("", "All")];
    if !uid.is_root() {
        shows.extend([(HERE, "Here"), (INHERITED, "Inherited")]);
    }
    shows.push((ENDING, "Ending soon"));
    let orders = vec![("", "By person"), (BY_ROLE, "By role")];
    let find = tag("div", "l-row p-tools")
        .child(search_field(
            "find-binding",
            "Find a person or role",
            list.text,
        ))
        .child(links(list, "Which", SHOW, shows))
        .child(links(list, "Order", BY, orders))
        .child(tag("div", "l-end").child(add.view()));
    let (here, name) = (uid.clone(), shown.name());
    let why_not = move || {
        let words = "Changing who has access takes role_bindings.create, .update and .delete, which \
                     you do not have here. An owner can do that, or give it to you.";
        refused.get().then(|| {
            tag("div", "l-row")
                .child(tag("p", "ui-quiet").attr("id", WHY_NOT).child(words))
                .child(why_you("role_bindings.create", &here, &name))
        })
    };
    let line = ["bailiwick iam role-bindings list --parent ", &quoted(&path)].concat();
    views([
        dynamic(why_not),
        find.into(),
        tag("div", "l-contain")
            .child(switch(move || showing.get(), body))
            .into(),
        command(&line).into(),
        list.selection.bar(move || bar(list)),
        dynamic(move || list.asked.get().map(|asked| dialog(list, asked))),
    ])
}

/// What one part of the address can be; each has an address.
fn links(list: List, label: &str, name: &'static str, all: Vec<(&'static str, &str)>) -> El {
    let nav = tag("nav", "ui-segment").attr("aria-label", label);
    all.into_iter().fold(nav, |nav, (word, words)| {
        let link = tag("a", "ui-segment-item")
            .bind("href", move || Some(list.router.with_query(name, word)))
            .bind("aria-current", move || {
                (list.router.query(name) == word).then(|| "true".to_owned())
            })
            .child(words);
        nav.child(link)
    })
}

fn failed(list: List) -> Option<El> {
    let sections = list.sections();
    let (section, error) = sections
        .iter()
        .find_map(|section| match &*section.rows.read() {
            Remote::Failed(error) => Some((section, error.clone())),
            _ => None,
        })?;
    let again = section.first.retry();
    Some(problem("Who has access did not arrive", &error, again))
}

fn nobody(list: List) -> El {
    let words = "A binding gives one person one role, here and in everything below.";
    let title = if list.router.query(SHOW) == INHERITED {
        "Nobody has access from above"
    } else {
        "Nobody is bound here"
    };
    empty(title, words, nothing())
}

fn no_match(list: List) -> El {
    let words = move || {
        let text = list.text.get();
        if text.trim().is_empty() {
            return "Nothing here ends within 7 days.".to_owned();
        }
        [
            "Nobody here has ",
            text.trim(),
            " in their name, address or role.",
        ]
        .concat()
    };
    let all = Callback::new(move |()| {
        list.text.set(String::new());
        list.router.set_query(SHOW, "");
    });
    let clear = Button::new(Kind::Plain, "Show all").on_press(all);
    tag("div", "ui-empty")
        .child(crate::ui::dom::el("p").attr("role", "status").text(words))
        .child(clear.view())
}

/// What one may do with the rows that are chosen.
fn bar(list: List) -> View {
    let is_off = Signal::derive(move || list.selection.chosen().len() > MOST);
    let button = |kind, words: &str, asked: fn(Vec<RoleBinding>) -> Asked| {
        let ask = Callback::new(move |()| list.ask(asked(list.chosen())));
        Button::new(kind, words)
            .small()
            .refused(is_off)
            .reason("too-many")
            .on_press(ask)
            .view()
    };
    let most = move || {
        is_off.get().then(|| {
            tag("span", "ui-lose")
                .attr("id", "too-many")
                .child("25 at most at once.")
        })
    };
    views([
        dynamic(most),
        button(Kind::Plain, "Change role or end", Asked::Form),
        button(Kind::Loss, "Remove", Asked::Remove),
    ])
}

fn dialog(list: List, asked: Asked) -> View {
    let closed = Callback::new(move |()| list.closed());
    match asked {
        Asked::Form(chosen) => form::form(list, chosen, closed),
        Asked::Remove(chosen) => {
            let changes = chosen.iter().map(|binding| {
                let words = [
                    &label(&binding.identity),
                    ": ",
                    &binding.role.name,
                    " no longer",
                ];
                (words.concat(), Change::unbind(&binding.uid))
            });
            let asked = review::Asked {
                title: ["Remove access to ", &untrack(|| list.shown.name()), "?"].concat(),
                changes: changes.collect(),
                called: Vec::new(),
                saved: Callback::new(|()| {}),
            };
            review(asked, closed)
        }
        Asked::Why(question) => why(question, closed),
    }
}
