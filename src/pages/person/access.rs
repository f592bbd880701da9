//! What the person may do at a folder, alone or beside another person.

use bailiwick_api::{CatalogueEntry, Explanation};
use bailiwick_domain::{CapabilitySet, Uidp};

use crate::api::{Query, query};
use crate::parts::capabilities::catalogue;
use crate::parts::chooser::{choose_folder, choose_person};
use crate::parts::matrix::{matrix, with};
use crate::parts::org_page::arrived;
use crate::parts::who;
use crate::parts::why::{Question, explain};
use crate::remote::Remote;
use crate::router::use_router;
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::button::{Kind, link_button};
use crate::ui::combobox::Choice;
use crate::ui::dom::{View, dynamic, el, tag, views};
use crate::ui::section::section;

use super::{Known, question, why_button};

/// The folder and the other person in the address.
const AT: &str = "at";
const WITH: &str = "with";

/// The section.
pub(super) fn access(known: StoredValue<Known>, asking: RwSignal<Option<Question>>) -> View {
    let router = use_router();
    let at = Signal::derive(move || {
        let at: Option<Uidp> = router.query(AT).parse().ok();
        known.with_value(|known| {
            let at = at.filter(|at| known.org.reaches(at));
            at.unwrap_or_else(|| known.org.clone())
        })
    });
    let other = Signal::derive(move || router.query(WITH));
    let me = Signal::derive(move || known.with_value(|known| known.uid.to_string()));
    let mine = explained(at, me);
    let theirs = explained(at, other);
    let names = catalogue();
    let go = |name| Callback::new(move |choice: Choice| router.set_query(name, &choice.key));
    let alone = move || {
        let all = !other.get().is_empty();
        all.then(|| link_button(Kind::Quiet, &router.with_query(WITH, ""), "Stop comparing"))
    };
    let place = move || {
        mine.state.with(|mine| {
            let group = &mine.ready()?.group;
            let words = el("strong").child(&group.name);
            let why = why_button(
                known.with_value(|known| question(known, &group.uid, &group.name)),
                asking,
            );
            Some(tag("span", "l-row").child(words).child(why))
        })
    };
    let tools = known.with_value(|known| {
        tag("div", "l-row")
            .child(choose_folder(&known.org, "Another folder", go(AT)))
            .child(choose_person(&known.org, "Compare with", go(WITH)))
            .child(dynamic(alone))
            // Last: what arrives late moves nothing that one may be pressing.
            .child(dynamic(place))
    });
    let state = Signal::derive(move || {
        let mine = mine
            .state
            .with(Remote::bare)
            .and(names.state.with(Remote::bare));
        if other.get().is_empty() {
            mine
        } else {
            mine.and(theirs.state.with(Remote::bare))
        }
    });
    let again = Callback::new(move |()| {
        for query in [mine, theirs] {
            query.retry().run(());
        }
    });
    let drawn = move || {
        dynamic(move || {
            let (mine, theirs) = (mine.state.read(), theirs.state.read());
            let theirs = theirs.ready().filter(|_| !other.get().is_empty());
            let names = names.state.read();
            let (names, mine) = (&names.ready()?.capabilities, mine.ready()?);
            Some(known.with_value(|known| shown(names, &known.name, mine, theirs)))
        })
    };
    let body = arrived("answer", state, again, Box::new(drawn));
    let inner = views([tools.into(), body]);
    section("may", "What they may do", inner).into()
}

/// What the identity holds at the group; nothing is asked without an identity.
fn explained(at: Signal<Uidp>, who: Signal<String>) -> Query<Explanation> {
    let key = move || {
        let who = who.get();
        (!who.is_empty()).then(|| (who, at.get().to_string(), String::new()))
    };
    query(key, explain)
}

/// The names of an answer as a set.
fn held(catalogue: &[CatalogueEntry], answer: &Explanation) -> CapabilitySet {
    let has = |entry: &&CatalogueEntry| {
        let mut held = answer.capabilities.iter();
        held.any(|held| held.name == entry.name)
    };
    let held = catalogue.iter().filter(has);
    held.fold(CapabilitySet::empty(), |set, entry| {
        with(&set, entry.bit, true)
    })
}

fn shown(
    catalogue: &[CatalogueEntry],
    name: &str,
    answer: &Explanation,
    other: Option<&Explanation>,
) -> View {
    let head = |words: &str, of: &str, set: CapabilitySet| {
        let count = [of, &set.len().to_string(), " capabilities"].concat();
        let count = tag("span", "ui-table-sub").child(count);
        (views([words.into(), count.into()]), set)
    };
    let mine = held(catalogue, answer);
    let columns = match other {
        Some(other) => {
            let theirs = held(catalogue, other);
            let other = other.identity.as_ref().map(who::label).unwrap_or_default();
            vec![
                head("Only ", &[name, ": "].concat(), mine.difference(&theirs)),
                head("Only ", &[&other, ": "].concat(), theirs.difference(&mine)),
                head("Both ", "", mine.intersection(&theirs)),
            ]
        }
        None => vec![head(name, " ", mine)],
    };
    if columns.iter().all(|(_, set)| set.is_empty()) {
        return tag("p", "ui-quiet").child("Nothing here.").into();
    }
    matrix("What they may do", catalogue, columns).into()
}
