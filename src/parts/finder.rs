//! Finding groups: what the server finds by a part of the name, as things to choose. A server that
//! cannot search yet says so; then what is known already is searched.

use std::time::Duration;

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Error, Group, GroupPage, PageQuery};

use crate::api::{Query, query};
use crate::remote::Remote;
use crate::state::{RwSignal, Signal, StoredValue, after};
use crate::ui::combobox::Choice;
use crate::ui::dom::later;
use crate::ui::icon::Icon;

/// So long after the last letter the server is asked.
const PAUSE: Duration = Duration::from_millis(150);

/// Asks for groups with `text` in their names; without a text for the first ones, where `is_eager`,
/// else for nothing.
pub(crate) fn find_groups(
    scope: impl Fn() -> Scope + 'static,
    text: Signal<String>,
    is_eager: bool,
) -> Query<GroupPage> {
    let key = move || {
        let text = text.get();
        (is_eager || !text.is_empty()).then(|| search(scope(), &text))
    };
    query(key, |client, key| {
        Box::pin(async move { client.list_groups(&key).await })
    })
}

/// What is found of a scope by what is typed: by the server, or where it cannot search by this page
/// among the first ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding {
    text: Signal<String>,
    found: Query<GroupPage>,
    first: Query<GroupPage>,
    is_eager: bool,
}

impl Finding {
    /// Finds what is typed. Without a text the first ones are found, where `is_eager`.
    pub(crate) fn new(scope: Scope, text: RwSignal<String>, is_eager: bool) -> Self {
        let text = settled(text);
        let all = scope.clone();
        let none = Signal::derive(String::new);
        let nothing = Scope::All;
        Self {
            text,
            found: find_groups(move || scope.clone(), text, false),
            first: find_groups(
                move || {
                    if is_eager {
                        all.clone()
                    } else {
                        nothing.clone()
                    }
                },
                none,
                is_eager,
            ),
            is_eager,
        }
    }

    /// What is found. Tracked.
    pub(crate) fn groups(self) -> Vec<Group> {
        let text = self.text.get();
        if text.is_empty() {
            return self.first.state.with(|first| groups_with(first, ""));
        }
        let found = self.found.state.read();
        match &*found {
            Remote::Failed(error) if cannot_search(error) => {
                self.first.state.with(|first| groups_with(first, &text))
            }
            found => groups_with(found, ""),
        }
    }

    /// What to say of it.
    pub(crate) fn note(self, what: &'static str) -> Signal<String> {
        Signal::derive(move || {
            let text = self.text.get();
            match (text.is_empty(), self.is_eager) {
                (true, false) => String::new(),
                (true, true) => self.first.state.with(|first| note(first, &text, what)),
                (false, _) => self.found.state.with(|found| note(found, &text, what)),
            }
        })
    }
}

fn groups_with(page: &Remote<GroupPage>, text: &str) -> Vec<Group> {
    let groups = page.ready().map(|page| page.groups.iter());
    let groups = groups.into_iter().flatten();
    let found = groups.filter(|group| group.name.contains(text));
    found.cloned().collect()
}

/// The question for groups with `text` in their names.
pub(crate) fn search(scope: Scope, text: &str) -> GroupQuery {
    GroupQuery {
        scope,
        search: (!text.is_empty()).then(|| text.to_owned()),
        page: PageQuery {
            order_by: Some("name".to_owned()),
            ..PageQuery::default()
        },
        ..GroupQuery::default()
    }
}

/// A text as it is searched for: once the person has stopped typing, in lower case.
pub(crate) fn settled(text: RwSignal<String>) -> Signal<String> {
    let tidy = |text: &str| text.trim().to_ascii_lowercase();
    let settled = RwSignal::new(tidy(&text.get_untracked()));
    let last = StoredValue::new(0_u32);
    let mut is_first = true;
    after(move || {
        let wanted = text.with(|text| tidy(text));
        last.update_value(|last| *last += 1);
        let turn = last.get_value();
        if std::mem::take(&mut is_first) {
            return;
        }
        // Taking the text away shows everything at once.
        let pause = if wanted.is_empty() {
            Duration::ZERO
        } else {
            PAUSE
        };
        later(pause, move || {
            if last.try_get_value() == Some(turn) {
                settled.set(wanted);
            }
        });
    });
    settled.into()
}

/// Whether the server does not know what a search is.
pub(crate) fn cannot_search(error: &Error) -> bool {
    matches!(error.http(), Some(400 | 404 | 501))
}

/// A group as something to choose. Its key is its id.
pub(crate) fn choice(group: &Group) -> Choice {
    let above: Vec<&str> = group.path.iter().map(|step| step.name.as_str()).collect();
    Choice {
        key: group.uid.to_string(),
        name: group.name.clone(),
        about: if above.is_empty() {
            String::new()
        } else {
            ["in ", &above.join(" / ")].concat()
        },
        glyph: Some(if group.uid.is_root() {
            Icon::Orgs
        } else {
            Icon::Folder
        }),
        ..Choice::default()
    }
}

/// What to say of an answer: that it is on its way, that nothing matches, that there is more.
pub(crate) fn note(found: &Remote<GroupPage>, text: &str, what: &str) -> String {
    match found {
        Remote::Loading => "Searching…".to_owned(),
        Remote::Failed(error) if cannot_search(error) => {
            "This server does not search. What this page has seen so far is listed.".to_owned()
        }
        Remote::Failed(error) => super::problem::words(error),
        Remote::Ready(page) if page.groups.is_empty() && text.is_empty() => {
            ["There are no ", what, "."].concat()
        }
        Remote::Ready(page) if page.groups.is_empty() => {
            ["No ", what, " with ", text, " in the name."].concat()
        }
        Remote::Ready(page) if page.next_page_token.is_empty() => String::new(),
        Remote::Ready(_) => "These are the first. Type more of the name to find others.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_asked_in_the_order_of_names() {
        let text = search(Scope::All, "pay").to_query();
        assert_eq!(text, "?search=pay&orderBy=name");
        assert_eq!(search(Scope::All, "").to_query(), "?orderBy=name");
    }

    #[test]
    fn every_answer_has_words_unless_it_is_whole() {
        let page = |next: &str| {
            Remote::Ready(GroupPage {
                next_page_token: next.to_owned(),
                ..GroupPage::default()
            })
        };
        assert_eq!(note(&page(""), "", "folders"), "There are no folders.");
        assert_eq!(
            note(&page(""), "x", "folders"),
            "No folders with x in the name."
        );
        assert!(note(&Remote::Loading, "x", "folders").contains("Searching"));
        let old = Remote::Failed(Error::Decode { status: 400 });
        assert!(note(&old, "x", "folders").contains("does not search"));
    }
}
