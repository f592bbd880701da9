//! The rules of access once more, written from the words of the design and from nothing else: a
//! tree of names, roles as sets of names, and loops. It is slow and obvious, and the engine must
//! agree with it.

use std::collections::{BTreeMap, BTreeSet};

/// Names of capabilities.
pub(crate) type Names = BTreeSet<&'static str>;

/// After every end.
const AT_LAST: i64 = i64::MAX;

/// Somebody has a role somewhere, perhaps until an end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    pub(crate) person: String,
    pub(crate) group: String,
    pub(crate) role: Names,
    /// The first instant at which it is over.
    pub(crate) end: Option<i64>,
}

/// Everything there is.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// Each group with the one above it; an organization has none.
    pub(crate) parents: BTreeMap<String, Option<String>>,
    pub(crate) bindings: Vec<Binding>,
    /// The people whom rule 3 counts.
    pub(crate) can_sign_in: BTreeSet<String>,
    /// What an owner has.
    pub(crate) owner: Names,
}

impl Binding {
    fn is_over(&self, now: i64) -> bool {
        match self.end {
            None => false,
            Some(end) => end <= now,
        }
    }
}

impl Reference {
    /// The group and all that is above it.
    fn upwards(&self, group: &str) -> Vec<String> {
        let mut way = vec![group.to_owned()];
        while let Some(Some(parent)) = self.parents.get(&way[way.len() - 1]) {
            way.push(parent.clone());
        }
        way
    }

    /// The group and all that is below it.
    fn downwards(&self, group: &str) -> Vec<String> {
        let mut found = Vec::new();
        for name in self.parents.keys() {
            if self.upwards(name).contains(&group.to_owned()) {
                found.push(name.clone());
            }
        }
        found
    }

    /// What a person holds at a group: the roles bound there and above that are not over.
    pub(crate) fn held(&self, person: &str, group: &str, now: i64) -> Names {
        let way = self.upwards(group);
        let mut held = Names::new();
        for binding in &self.bindings {
            if binding.person == person && !binding.is_over(now) && way.contains(&binding.group) {
                held.extend(&binding.role);
            }
        }
        held
    }

    /// Rule 1.
    pub(crate) fn is_allowed(&self, person: &str, what: &str, group: &str, now: i64) -> bool {
        self.held(person, group, now).contains(what)
    }

    /// The highest groups at which something is allowed.
    pub(crate) fn topmost(&self, person: &str, what: &str, now: i64) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, parent) in &self.parents {
            let above = match parent {
                None => false,
                Some(parent) => self.is_allowed(person, what, parent, now),
            };
            if self.is_allowed(person, what, name, now) && !above {
                found.insert(name.clone());
            }
        }
        found
    }

    /// The instants from `now` until `end` at which someone may hold less than just before.
    pub(crate) fn instants(&self, now: i64, end: Option<i64>) -> BTreeSet<i64> {
        let mut instants = BTreeSet::from([now]);
        for binding in &self.bindings {
            instants.extend(binding.end);
        }
        instants.insert(end.map_or(AT_LAST, |end| end - 1));
        instants.retain(|&at| at >= now && end.is_none_or(|end| at < end));
        instants
    }

    /// Rule 2: the writer holds all of the role, at every group it reaches, as long as it lasts.
    pub(crate) fn holds_throughout(
        &self,
        writer: &str,
        role: &Names,
        group: &str,
        now: i64,
        end: Option<i64>,
    ) -> bool {
        for at in self.instants(now, end) {
            for reached in self.downwards(group) {
                if !role.is_subset(&self.held(writer, &reached, at)) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether `writer` may make this binding.
    pub(crate) fn may_bind(&self, writer: &str, new: &Binding, now: i64) -> bool {
        !new.is_over(now)
            && self.is_allowed(writer, "role_bindings.create", &new.group, now)
            && self.holds_throughout(writer, &new.role, &new.group, now, new.end)
    }

    /// Whether `inviter` may make an invite to this binding, or give one a new code or a later end,
    /// and whether it may still be accepted: an invite is a promised binding.
    pub(crate) fn may_invite(&self, inviter: &str, promised: &Binding, now: i64) -> bool {
        self.is_allowed(inviter, "group_invites.create", &promised.group, now)
            && self.may_bind(inviter, promised, now)
    }

    /// Whether `person` accepts it then: somebody for whom it is, who does not hold all of it, and
    /// whose inviter could still invite.
    pub(crate) fn may_accept(&self, inviter: &str, promised: &Binding, now: i64) -> bool {
        let person = &promised.person;
        let has_it =
            self.holds_throughout(person, &promised.role, &promised.group, now, promised.end);
        self.may_invite(inviter, promised, now) && !has_it
    }

    /// Whether `writer` may take away the binding at this place in the list. Who leaves asks
    /// nobody but rule 3, and what is over protects nobody.
    pub(crate) fn may_unbind(&self, writer: &str, at: usize, now: i64) -> bool {
        let old = &self.bindings[at];
        let may = old.person == writer
            || (self.is_allowed(writer, "role_bindings.delete", &old.group, now)
                && (old.is_over(now)
                    || self.holds_throughout(writer, &old.role, &old.group, now, old.end)));
        let mut after = self.clone();
        after.bindings.remove(at);
        let organization = self.upwards(&old.group).remove(self.depth(&old.group) - 1);
        may && (after.has_owner(&organization) || !self.has_owner(&organization))
    }

    /// Whether `writer` may delete a group with all below it, and so every binding there.
    pub(crate) fn may_delete(&self, writer: &str, group: &str, now: i64) -> bool {
        let gone = self.downwards(group);
        let mut may = self.is_allowed(writer, "groups.delete", group, now);
        for old in &self.bindings {
            if gone.contains(&old.group) && !old.is_over(now) {
                may &= self.holds_throughout(writer, &old.role, &old.group, now, old.end);
            }
        }
        may
    }

    /// Rule 3: somebody who can sign in is owner at the root for ever.
    pub(crate) fn has_owner(&self, organization: &str) -> bool {
        for person in &self.can_sign_in {
            let mut held = Names::new();
            for binding in &self.bindings {
                let is_there = binding.group == organization && binding.person == *person;
                if is_there && binding.end.is_none() {
                    held.extend(&binding.role);
                }
            }
            if held.is_superset(&self.owner) {
                return true;
            }
        }
        false
    }

    fn depth(&self, group: &str) -> usize {
        self.upwards(group).len()
    }
}
