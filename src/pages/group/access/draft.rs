//! What is being written into the form, and the changes that it comes to.

use bailiwick_api::{Change, RoleBinding, RoleBindingWrite};
use bailiwick_domain::Uidp;

use crate::parts::review::Asked;
use crate::parts::role_choice::RoleField;
use crate::parts::who::label;
use crate::reactive::untrack;
use crate::state::{Callback, RwSignal, StoredValue};

use super::state::List;
use super::until::Until;

/// The form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) list: List,
    /// The bindings to change; none for a new one.
    pub(super) chosen: StoredValue<Vec<RoleBinding>>,
    /// To whom, where it is a new one.
    pub(super) person: RwSignal<Option<(Uidp, String)>>,
    pub(super) role: RoleField,
    pub(super) until: Until,
    pub(super) is_reviewing: RwSignal<bool>,
}

impl Draft {
    pub(super) fn start(list: List, chosen: Vec<RoleBinding>) -> Self {
        let at = list.at.get_value();
        // What can be bound at the topmost can be bound at all of them.
        let tops = chosen.iter().map(|binding| &binding.group.uid);
        let top = tops.min_by_key(|uid| uid.depth()).unwrap_or(&at);
        let none = if chosen.len() > 1 { "As it is" } else { "" };
        let role = RoleField::start(top, none);
        if let [one] = chosen.as_slice() {
            role.chosen.set(one.role.uid.to_string());
        }
        Self {
            list,
            until: Until::new(!chosen.is_empty()),
            chosen: StoredValue::new(chosen),
            person: RwSignal::new(None),
            role,
            is_reviewing: RwSignal::new(false),
        }
    }

    /// What stands in the way, in few words. Tracked.
    pub(super) fn lack(self) -> &'static str {
        let lack = self.until.lack();
        let is_new = self.chosen.with_value(Vec::is_empty);
        if is_new && self.person.read().is_none() {
            "Choose a person first"
        } else if !lack.is_empty() {
            lack
        } else if self.changes().is_empty() {
            "Nothing is changed yet"
        } else {
            ""
        }
    }

    /// The changes with their words. Tracked.
    fn changes(self) -> Vec<(String, Change)> {
        let until = self.until.wire();
        let role = self.role.choice().map(|choice| choice.role);
        let ends = match until.as_deref() {
            None => String::new(),
            Some("") => ", without an end".to_owned(),
            Some(end) => [", until ", end.split('T').next().unwrap_or_default()].concat(),
        };
        let chosen = self.chosen.get_value();
        if chosen.is_empty() {
            let person = self.person.get();
            let both = person.zip(role);
            let change = both.map(|((uid, name), role)| {
                let mut write = RoleBindingWrite::new(&uid, &role.uid);
                write.expire_time = until;
                let words = [&name, ": ", &role.name, &ends].concat();
                (words, Change::bind(&self.list.at.get_value(), write))
            });
            return change.into_iter().collect();
        }
        let changed = chosen.iter().filter_map(|binding| {
            let role = role.as_ref().filter(|role| role.uid != binding.role.uid);
            if role.is_none() && until.is_none() {
                return None;
            }
            let mut write = RoleBindingWrite::change(role.map(|role| &role.uid), "");
            write.expire_time.clone_from(&until);
            let to = role.map(|role| [" to ", &role.name].concat());
            let to = to.unwrap_or_default();
            let who = label(&binding.identity);
            let words = [&who, ": ", &binding.role.name, &to, &ends].concat();
            Some((words, Change::rebind(&binding.uid, write)))
        });
        changed.collect()
    }

    /// What is to be looked at before it is saved.
    pub(super) fn asked(self) -> Asked {
        untrack(|| {
            let place = self.list.shown.name();
            let mut called = vec![(self.list.at.get_value().to_string(), self.list.shown.path())];
            let role = self.role.choice().map(|choice| choice.role);
            called.extend(role.map(|role| (role.uid.to_string(), role.name)));
            let person = self.person.get();
            called.extend(person.map(|(uid, name)| (uid.to_string(), name)));
            let list = self.list;
            Asked {
                title: ["Change access to ", &place, "?"].concat(),
                changes: self.changes(),
                called,
                saved: Callback::new(move |()| list.closed()),
            }
        })
    }
}
