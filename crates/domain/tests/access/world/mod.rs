//! Small worlds, told twice: as the engine knows them and as the reference does. People, groups and
//! roles are numbers here.

pub(crate) mod random;
pub(crate) mod writes;

use bailiwick_domain::{
    Capability, CapabilitySet, For, Grant, InviteState, Invited, InviterNow, Micros, Offer,
    Promise, RootBinding, TTL_MAX, Uidp, allows, capabilities_at, has_owner, invite_expiry,
    may_invite, may_pass_on, owner,
};

use crate::reference::{Binding, Names, Reference};

pub(crate) const PEOPLE: usize = 4;

/// Roles are made of these parts. Rights over bindings and groups stand alone, so that people hold
/// some without others; the rest of the owner is one part, so that owners come about by chance.
pub(crate) const PARTS: usize = 7;
const ALONE: [Capability; 5] = [
    Capability::ROLE_BINDINGS_CREATE,
    Capability::ROLE_BINDINGS_DELETE,
    Capability::GROUPS_DELETE,
    Capability::GROUPS_LIST,
    Capability::GROUP_INVITES_CREATE,
];
const REST_OF_OWNER: usize = ALONE.len();

/// One capability of each part.
pub(crate) const SAMPLES: [Capability; PARTS] = [
    ALONE[0],
    ALONE[1],
    ALONE[2],
    ALONE[3],
    ALONE[4],
    Capability::IDENTITY_PROVIDERS_SCIM_MANAGE,
    // No part of the owner.
    Capability::GULFSTREAM,
];

fn part(at: usize) -> Vec<Capability> {
    match at {
        REST_OF_OWNER => owner()
            .capabilities
            .iter()
            .filter(|held| !ALONE.contains(held))
            .collect(),
        at => vec![SAMPLES[at]],
    }
}

/// A role binding.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    pub(crate) person: usize,
    pub(crate) group: usize,
    /// Parts of the role.
    pub(crate) role: Vec<usize>,
    pub(crate) end: Option<i64>,
}

/// People with roles in trees of groups.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// The group above each, which has a smaller number. None: an organization.
    pub(crate) parents: Vec<Option<usize>>,
    pub(crate) deleted: Vec<bool>,
    pub(crate) can_sign_in: [bool; PEOPLE],
    pub(crate) bindings: Vec<Held>,
}

pub(crate) fn role_set(role: &[usize]) -> CapabilitySet {
    role.iter().flat_map(|&at| part(at)).collect()
}

fn role_names(role: &[usize]) -> Names {
    let capabilities = role.iter().flat_map(|&at| part(at));
    capabilities.map(Capability::name).collect()
}

pub(crate) fn person_name(person: usize) -> String {
    format!("person {person}")
}

pub(crate) fn group_name(group: usize) -> String {
    format!("group {group}")
}

fn person_uidp(person: usize) -> Uidp {
    Uidp::root([person as u8; 20])
}

/// The world as the engine knows it.
impl World {
    pub(crate) fn uidp(&self, group: usize) -> Uidp {
        // Siblings get ids that differ in the last digit only.
        match self.parents[group] {
            None => Uidp::root([group as u8; 20]),
            Some(parent) => self
                .uidp(parent)
                .child([7, 7, 7, 7, 7, 7, 7, group as u8])
                .unwrap(),
        }
    }

    pub(crate) fn grants(&self, person: usize) -> Vec<Grant> {
        let own = self.bindings.iter().filter(|held| held.person == person);
        own.map(|held| self.grant(held)).collect()
    }

    fn grant(&self, held: &Held) -> Grant {
        let group = self.uidp(held.group);
        Grant {
            binding: group.child([9; 8]).unwrap(),
            role: Uidp::root([9; 20]),
            capabilities: role_set(&held.role),
            ends_at: held.end.map(Micros),
            group,
        }
    }

    pub(crate) fn is_allowed(
        &self,
        person: usize,
        what: Capability,
        group: usize,
        now: i64,
    ) -> bool {
        allows(&self.grants(person), what, &self.uidp(group), Micros(now))
    }

    pub(crate) fn capabilities_at(&self, person: usize, group: usize, now: i64) -> CapabilitySet {
        capabilities_at(&self.grants(person), &self.uidp(group), Micros(now))
    }

    fn may_pass_on(&self, writer: usize, held: &Held, now: i64) -> bool {
        let grant = self.grant(held);
        may_pass_on(
            &self.grants(writer),
            &grant.capabilities,
            &grant.group,
            grant.ends_at,
            Micros(now),
        )
        .is_ok()
    }

    pub(crate) fn organization(&self, group: usize) -> usize {
        self.parents[group].map_or(group, |parent| self.organization(parent))
    }

    pub(crate) fn has_owner(&self, organization: usize) -> bool {
        let at_root = self.bindings.iter();
        has_owner(
            at_root
                .filter(|held| held.group == organization)
                .map(|held| RootBinding {
                    identity: person_uidp(held.person),
                    capabilities: role_set(&held.role),
                    ends_at: held.end.map(Micros),
                    can_sign_in: self.can_sign_in[held.person],
                }),
        )
    }

    pub(crate) fn may_bind(&self, writer: usize, new: &Held, now: i64) -> bool {
        let is_over = new.end.is_some_and(|end| end <= now);
        !is_over
            && self.is_allowed(writer, Capability::ROLE_BINDINGS_CREATE, new.group, now)
            && self.may_pass_on(writer, new, now)
    }

    pub(crate) fn may_invite(&self, inviter: usize, new: &Held, now: i64) -> bool {
        let promised = self.grant(new);
        !promised.has_ended(Micros(now))
            && may_invite(
                &self.grants(inviter),
                &promised.capabilities,
                &promised.group,
                promised.ends_at,
                Micros(now),
            )
            .is_ok()
    }

    /// Whether the person of `new` may accept an invite to it, for anyone who has the link.
    pub(crate) fn may_accept(&self, inviter: usize, new: &Held, now: i64) -> bool {
        let promised = self.grant(new);
        // An invite never outlives what it gives.
        let expiry = invite_expiry(Micros(0), TTL_MAX, promised.ends_at);
        let offer = Offer {
            state: InviteState::at(None, expiry, Micros(now)),
            audience: For::Anyone,
            inviter: InviterNow::Person(self.grants(inviter)),
            promise: Promise {
                capabilities: Some(promised.capabilities),
                group: promised.group,
                ends_at: promised.ends_at,
            },
        };
        let person = Invited {
            mailbox: None,
            grants: self.grants(new.person),
            accepted_before: false,
        };
        offer.may_be_accepted(&person, Micros(now)).is_ok()
    }

    pub(crate) fn may_unbind(&self, writer: usize, at: usize, now: i64) -> bool {
        let old = &self.bindings[at];
        let may = old.person == writer
            || self.is_allowed(writer, Capability::ROLE_BINDINGS_DELETE, old.group, now)
                && (self.grant(old).has_ended(Micros(now)) || self.may_pass_on(writer, old, now));
        let mut after = self.clone();
        after.bindings.remove(at);
        let organization = self.organization(old.group);
        may && (after.has_owner(organization) || !self.has_owner(organization))
    }

    pub(crate) fn may_delete(&self, writer: usize, group: usize, now: i64) -> bool {
        let deleted = self.uidp(group);
        let mut going = self
            .bindings
            .iter()
            .filter(|held| deleted.reaches(&self.uidp(held.group)))
            .filter(|held| !self.grant(held).has_ended(Micros(now)));
        self.is_allowed(writer, Capability::GROUPS_DELETE, group, now)
            && going.all(|held| self.may_pass_on(writer, held, now))
    }
}

/// The world as the reference knows it.
impl World {
    pub(crate) fn reference(&self) -> Reference {
        let groups = self.parents.iter().enumerate();
        let signing = (0..PEOPLE).filter(|&person| self.can_sign_in[person]);
        Reference {
            parents: groups
                .map(|(at, parent)| (group_name(at), parent.map(group_name)))
                .collect(),
            bindings: self.bindings.iter().map(binding).collect(),
            can_sign_in: signing.map(person_name).collect(),
            owner: owner().capabilities.iter().map(Capability::name).collect(),
        }
    }
}

pub(crate) fn binding(held: &Held) -> Binding {
    Binding {
        person: person_name(held.person),
        group: group_name(held.group),
        role: role_names(&held.role),
        end: held.end,
    }
}

/// What the built-in owner has.
pub(crate) fn owner_role() -> Vec<usize> {
    (0..=REST_OF_OWNER).collect()
}
