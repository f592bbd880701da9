//! Finding a folder of the organization: the field above the tree, and what it finds in the tree's
//! place. The text stands in the address.

use bailiwick_api::GroupPage;
use bailiwick_api::query::Scope;

use crate::api::Query;
use crate::parts::access::{Action, WHY_NOT};
use crate::parts::finder::{cannot_search, choice, find_groups, note, settled};
use crate::reactive::untrack;
use crate::remote::Remote;
use crate::routes;
use crate::state::{Callback, RwSignal, Signal, StoredValue, after};
use crate::ui::button::{Button, Kind};
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dom::{El, tag};
use crate::ui::icon::Icon;

use super::state::Shown;

/// The name of the text in the address.
const FIND: &str = "find";
/// The id of the field.
const FIELD: &str = "find-folder";

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search {
    /// As typed.
    text: RwSignal<String>,
    settled: Signal<String>,
    found: Query<GroupPage>,
}

impl Search {
    pub(super) fn new(shown: Shown) -> Self {
        let text = RwSignal::new(untrack(|| shown.router.query(FIND)));
        let settled = settled(text);
        let org = shown.org.get_value();
        let found = find_groups(move || Scope::DescendantsOf(org.clone()), settled, false);
        let mut is_first = true;
        after(move || {
            let text = settled.get();
            if !std::mem::take(&mut is_first) {
                shown.router.set_query(FIND, &text);
            }
        });
        // Back and a chosen folder leave an address without it.
        after(move || {
            let wanted = shown.router.query(FIND);
            if wanted.is_empty() && settled.with_untracked(|text| !text.is_empty()) {
                text.set(String::new());
            }
        });
        Self {
            text,
            settled,
            found,
        }
    }

    /// Whether what is found stands in the tree's place. Tracked.
    pub(super) fn is_on(self) -> bool {
        self.text.with(|text| !text.trim().is_empty())
    }
}

/// The field, what it finds, and the button for a new folder.
pub(super) fn search_bar(shown: Shown, search: Search, may_not_create: Signal<bool>) -> El {
    let choices = move || {
        if !search.is_on() {
            return Vec::new();
        }
        let found = search.found.state.read();
        match &*found {
            Remote::Ready(page) => page.groups.iter().map(choice).collect(),
            Remote::Failed(error) if cannot_search(error) => {
                let text = search.settled.get();
                shown.tree.with(|tree| {
                    let known = tree.named(&text).into_iter();
                    known
                        .map(|(uid, name)| known_choice(uid.to_string(), name))
                        .collect()
                })
            }
            _ => Vec::new(),
        }
    };
    let words = move || {
        if search.is_on() {
            search
                .settled
                .with(|text| note(&search.found.state.read(), text, "folders"))
        } else {
            String::new()
        }
    };
    let chosen = Callback::new(move |choice: Choice| {
        if let Ok(uid) = choice.key.parse() {
            search.text.set(String::new());
            shown.router.go(&routes::group(&uid));
        }
    });
    let field = Combobox {
        id: FIELD,
        label: StoredValue::new("Find a folder".to_owned()),
        text: search.text,
        choices: Signal::derive(choices),
        note: Signal::derive(words),
        chosen,
    };
    let ask = Callback::new(move |()| shown.ask(Action::Create));
    let new = Button::new(Kind::Plain, "New")
        .glyph(Icon::Plus)
        .refused(may_not_create)
        .reason(WHY_NOT)
        .on_press(ask)
        .named(move || ["New folder in ", &shown.name()].concat());
    tag("div", "p-find")
        .bind("data-on", move || search.is_on().then(String::new))
        .child(tag("div", "p-find-field").child(field.view(false)))
        .child(new.view())
}

fn known_choice(key: String, name: String) -> Choice {
    Choice {
        key,
        name,
        glyph: Some(Icon::Folder),
        ..Choice::default()
    }
}
