//! The roles that one may give at a group.

use bailiwick_api::session::HeldRole;
use bailiwick_api::{Role, RolePage};

/// What all deciding takes: whoever gets it may give it on, and take it from others.
const DECIDES: [&str; 3] = [
    "CAP_IAM_GROUPS_DELETE",
    "CAP_IAM_GROUP_INVITES_CREATE",
    "CAP_IAM_ROLE_BINDINGS_CREATE",
];

/// A role, and whether one may give it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) role: Role,
    pub(super) may_give: bool,
}

impl Choice {
    /// Whether it gives the rights of an owner.
    pub(super) fn is_owner(&self) -> bool {
        let held = &self.role.capabilities;
        DECIDES
            .iter()
            .all(|name| held.iter().any(|held| held == name))
    }
}

/// All that can be given at all, the smallest first. One may give what one holds oneself, without an
/// end. The server decides again.
pub(super) fn choices(page: &RolePage, held: &[HeldRole]) -> Vec<Choice> {
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
            title: role.title.to_owned(),
            built_in: true,
            reserved: role.reserved,
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
