//! The access decision. What no grant gives is denied; no grant takes away; a grant holds at its
//! group and everything below, until its end.
//!
//! The functions trust the grants they are given to be all those of one identity. They know
//! nothing of people, sessions or the names of things.

use crate::{BeyondReach, Capability, CapabilitySet, Grant, Micros, Uidp};

/// Whether `grants` allow `what` at `at`. The same answer as [`decide`], with nothing collected.
#[inline]
pub fn allows(grants: &[Grant], what: Capability, at: &Uidp, now: Micros) -> bool {
    grants.iter().any(|grant| grant.allows(what, at, now))
}

/// Whether `grants` allow `what` at `at`, and what each of them has to do with it.
pub fn decide<'a>(grants: &'a [Grant], what: Capability, at: &Uidp, now: Micros) -> Decision<'a> {
    let reason = |grant: &'a Grant| {
        if !grant.group.reaches(at) {
            Reason::OutOfReach(grant)
        } else if !grant.capabilities.contains(what) {
            Reason::LacksCapability(grant)
        } else if grant.has_ended(now) {
            Reason::Ended(grant)
        } else {
            Reason::Granted(grant)
        }
    };
    Decision {
        reasons: grants.iter().map(reason).collect(),
    }
}

/// The answer to one question, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    reasons: Vec<Reason<'a>>,
}

/// What one grant has to do with a decision. Of several causes against it the first counts:
/// reach, then capability, then end. So an [`Ended`](Reason::Ended) grant would allow but for its
/// end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason<'a> {
    /// It allows.
    Granted(&'a Grant),
    /// It would allow had it not ended.
    Ended(&'a Grant),
    /// It holds here, or did, but its role does not contain the capability.
    LacksCapability(&'a Grant),
    /// It is bound at a group that does not reach here.
    OutOfReach(&'a Grant),
}

impl<'a> Decision<'a> {
    /// Whether the answer is yes: at least one reason is [`Reason::Granted`].
    pub fn is_allowed(&self) -> bool {
        self.reasons
            .iter()
            .any(|reason| matches!(reason, Reason::Granted(_)))
    }

    /// One reason for each grant, in the order of the grants. A denial for want of any grant has
    /// none.
    pub fn reasons(&self) -> &[Reason<'a>] {
        &self.reasons
    }
}

impl<'a> Reason<'a> {
    /// The grant that this is about.
    pub fn grant(&self) -> &'a Grant {
        match *self {
            Reason::Granted(grant)
            | Reason::Ended(grant)
            | Reason::LacksCapability(grant)
            | Reason::OutOfReach(grant) => grant,
        }
    }
}

/// Everything that `grants` allow at `at`.
pub fn capabilities_at(grants: &[Grant], at: &Uidp, now: Micros) -> CapabilitySet {
    grants
        .iter()
        .filter(|grant| !grant.has_ended(now) && grant.group.reaches(at))
        .fold(CapabilitySet::empty(), |held, grant| {
            held.union(&grant.capabilities)
        })
}

/// The topmost groups at which `what` holds, sorted, none below another: `what` is allowed at a
/// node exactly if one of them [reaches](Uidp::reaches) it.
pub fn scopes(grants: &[Grant], what: Capability, now: Micros) -> Vec<&Uidp> {
    let holds = |grant: &&Grant| grant.capabilities.contains(what) && !grant.has_ended(now);
    let mut groups: Vec<&Uidp> = grants
        .iter()
        .filter(holds)
        .map(|grant| &grant.group)
        .collect();
    groups.sort_unstable();
    // In byte order everything below a group directly follows it.
    groups.dedup_by(|next, kept| kept.reaches(next));
    groups
}

/// Rule 2: whether who holds `grants` may give or take away `wanted` at `at`, and so at everything
/// below, until `ends_at` (`None`: for ever). They must hold all of it there themselves, at least
/// as long. So who has a role for a week can neither give it for longer nor take it from someone
/// who has it for longer.
///
/// Fails with the capabilities that they do not hold at all, or not for long enough. Whether they
/// hold the capability to write bindings is another question, and what has
/// [ended](Grant::has_ended) already is nobody's to protect.
pub fn may_pass_on(
    grants: &[Grant],
    wanted: &CapabilitySet,
    at: &Uidp,
    ends_at: Option<Micros>,
    now: Micros,
) -> Result<(), BeyondReach> {
    let held = grants
        .iter()
        .filter(|grant| !grant.has_ended(now) && grant.lasts_until(ends_at))
        .filter(|grant| grant.group.reaches(at))
        .fold(CapabilitySet::empty(), |held, grant| {
            held.union(&grant.capabilities)
        });
    let missing = wanted.difference(&held);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(BeyondReach(missing))
    }
}
