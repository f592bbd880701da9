//! The roles that one may give at a group, and the field with the choice.

use bailiwick_api::query::RoleQuery;
use bailiwick_api::session::HeldRole;
use bailiwick_api::{PageQuery, Role, RolePage};
use bailiwick_domain::{PAGE_SIZE_MAX, Uidp};

use crate::api::{Query, query};
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::session::{Session, use_session};
use crate::state::{RwSignal, StoredValue};
use crate::ui::dom::{View, switch, tag, views};
use crate::ui::select;
use crate::ui::skeleton::{bone, loading};

/// What all deciding takes: whoever gets it may give it on, and take it from others.
const DECIDES: [&str; 3] = [
    "CAP_IAM_GROUPS_DELETE",
    "CAP_IAM_GROUP_INVITES_CREATE",
    "CAP_IAM_ROLE_BINDINGS_CREATE",
];

/// A role, and whether one may give it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) role: Role,
    pub(crate) may_give: bool,
}

impl Choice {
    /// Whether it gives the rights of an owner.
    pub(crate) fn is_owner(&self) -> bool {
        let held = &self.role.capabilities;
        DECIDES
            .iter()
            .all(|name| held.iter().any(|held| held == name))
    }
}

/// The field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoleField {
    at: StoredValue<Uidp>,
    /// The id of the role; empty for none.
    pub(crate) chosen: RwSignal<String>,
    /// What stands first and chooses none; empty where one must be chosen.
    none: &'static str,
    roles: Query<RolePage>,
    session: Session,
}

impl RoleField {
    /// A choice among what can be bound at `at`. `none` is what the choice of none is called, where
    /// there is one.
    pub(crate) fn start(at: &Uidp, none: &'static str) -> Self {
        let key = at.clone();
        let ask = |client: crate::api::Client, at| {
            let query = RoleQuery {
                bindable_at: Some(at),
                page: PageQuery {
                    size: PAGE_SIZE_MAX,
                    ..PageQuery::default()
                },
                ..RoleQuery::default()
            };
            let asked: crate::api::Asked<RolePage> =
                Box::pin(async move { client.list_roles(&query).await });
            asked
        };
        Self {
            at: StoredValue::new(at.clone()),
            chosen: RwSignal::default(),
            none,
            roles: query(move || Some(key.clone()), ask),
            session: use_session(),
        }
    }

    /// Tracked.
    fn choices(self) -> Vec<Choice> {
        let held = self.at.with_value(|at| self.session.roles_at(at));
        let roles = self.roles.state.read();
        let page = roles.ready();
        page.map(|page| choices(page, &held)).unwrap_or_default()
    }

    /// The role that is chosen; before one is, where one must be, the first that may be given.
    /// Tracked.
    pub(crate) fn choice(self) -> Option<Choice> {
        let role = self.chosen.get();
        let mut choices = self.choices();
        let chosen = choices
            .iter()
            .position(|choice| choice.role.uid.as_str() == role);
        let first = || {
            let mut all = choices.iter();
            all.position(|choice| choice.may_give && self.none.is_empty())
        };
        let at = chosen.or_else(first)?;
        Some(choices.swap_remove(at))
    }

    /// The field, whose id is unique on the page.
    pub(crate) fn view(self, id: &'static str) -> View {
        let kind = move || match &*self.roles.state.read() {
            Remote::Loading => 0,
            Remote::Failed(_) => 1,
            Remote::Ready(_) => 2,
        };
        // The same roles once more must not take the choice away under one's hands.
        switch(kind, move |_| match &*self.roles.state.read() {
            Remote::Loading => loading("Loading the roles", bone()).into(),
            Remote::Failed(error) => {
                problem("The roles did not arrive", error, self.roles.retry()).into()
            }
            Remote::Ready(_) => self.select(id),
        })
    }

    fn select(self, id: &str) -> View {
        let choices = self.choices();
        if let Some(first) = self.choice() {
            self.chosen.set(first.role.uid.to_string());
        }
        let none = (!self.none.is_empty()).then(|| (String::new(), self.none.to_owned(), false));
        let options = choices.iter().map(|choice| {
            let too_much = if choice.may_give {
                ""
            } else {
                " (more than you hold here)"
            };
            let words = [choice.role.name.as_str(), too_much].concat();
            (choice.role.uid.to_string(), words, !choice.may_give)
        });
        let options: Vec<(String, String, bool)> = none.into_iter().chain(options).collect();
        let choices = options.iter().map(|(value, words, is_off)| select::Choice {
            value,
            words,
            is_off: *is_off,
        });
        let hint = "You may give what you hold here yourself, without an end.";
        let is_some_off = options.iter().any(|(.., is_off)| *is_off);
        views([
            select::select(id, "Role", choices, self.chosen).into(),
            is_some_off.then(|| tag("p", "ui-hint").child(hint)).into(),
        ])
    }
}

/// All that can be given at all, the smallest first. One may give what one holds oneself, without an
/// end. The server decides again.
fn choices(page: &RolePage, held: &[HeldRole]) -> Vec<Choice> {
    let lasting = held.iter().filter(|held| held.ends_at.is_none());
    let known: Option<Vec<&Role>> = lasting
        .map(|held| page.roles.iter().find(|role| role.uid == held.role.uid))
        .collect();
    let may_give = |role: &Role| {
        // A role that this page does not know may hold anything.
        known.as_ref().is_none_or(|known| {
            let holds = |name: &String| known.iter().any(|held| held.capabilities.contains(name));
            role.capabilities.iter().all(holds)
        })
    };
    let roles = page.roles.iter().filter(|role| !role.reserved);
    let mut choices: Vec<Choice> = Vec::new();
    for role in roles {
        let size = role.capabilities.len();
        let larger = |choice: &Choice| choice.role.capabilities.len() > size;
        let at = choices.iter().position(larger).unwrap_or(choices.len());
        let choice = Choice {
            may_give: may_give(role),
            role: role.clone(),
        };
        choices.insert(at, choice);
    }
    choices
}

#[cfg(test)]
mod tests {
    use bailiwick_api::session::Named;
    use bailiwick_domain::{BuiltInRole, Capability, Uidp};

    use super::*;

    fn page() -> RolePage {
        let role = |role: &BuiltInRole| Role {
            uid: role.uid().clone(),
            name: role.name.to_owned(),
            description: String::new(),
            capabilities: role
                .capabilities
                .iter()
                .map(Capability::enum_name)
                .collect(),
            create_time: None,
            update_time: None,
            title: role.title.to_owned(),
            capability_set: role.capabilities.to_wire(),
            group: None,
            built_in: true,
            reserved: role.reserved,
            etag: String::new(),
        };
        RolePage {
            roles: BuiltInRole::all().iter().map(role).collect(),
            ..RolePage::default()
        }
    }

    fn held(role: &Uidp, ends_at: Option<i64>) -> HeldRole {
        let named = |uid: &Uidp| Named {
            uid: uid.clone(),
            name: String::new(),
        };
        HeldRole {
            group: named(&Uidp::root([1; 20])),
            role: named(role),
            binding: Uidp::root([2; 20]),
            capability_set: String::new(),
            ends_at,
        }
    }

    fn given(held: &[HeldRole]) -> Vec<(String, bool)> {
        let choices = choices(&page(), held).into_iter();
        choices
            .map(|choice| (choice.role.name, choice.may_give))
            .collect()
    }

    #[test]
    fn one_gives_what_one_holds_and_nothing_reserved() {
        let all = |owner, editor, viewer| {
            let names = [("viewer", viewer), ("editor", editor), ("owner", owner)];
            names.map(|(name, may)| (name.to_owned(), may)).to_vec()
        };
        let [owner, editor] = ["owner", "editor"].map(|name| BuiltInRole::by_name(name).unwrap());
        assert_eq!(given(&[held(owner.uid(), None)]), all(true, true, true));
        assert_eq!(given(&[held(editor.uid(), None)]), all(false, true, true));
        assert_eq!(
            given(&[held(owner.uid(), Some(1))]),
            all(false, false, false)
        );
        assert_eq!(
            given(&[held(&Uidp::root([7; 20]), None)]),
            all(true, true, true)
        );
    }

    #[test]
    fn the_owner_alone_decides_all() {
        let choices = choices(&page(), &[]);
        let owners: Vec<_> = choices.iter().filter(|choice| choice.is_owner()).collect();
        assert_eq!(owners.len(), 1);
        assert_eq!(owners[0].role.name, "owner");
    }
}
