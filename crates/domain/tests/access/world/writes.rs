//! Writes by one person, each done only if the rules permit it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::World;
use super::random::{self, end, group, held, role};
use super::{Held, owner_role};

/// Who writes.
pub(crate) const CALLER: usize = 0;

/// A write, or a while in which nothing is written.
#[derive(Clone, Debug)]
pub(crate) enum Write {
    Bind(Held),
    /// Takes some binding away.
    Unbind(Index),
    /// Takes some binding of the caller away.
    Leave(Index),
    /// Deletes a group with all below it.
    Delete(usize),
    Wait(i64),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Refused,
    /// There was nothing to do it to.
    Void,
}

/// A binding that the caller made, and when.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) held: Held,
    pub(crate) at: i64,
    /// The world just before.
    pub(crate) before: World,
}

/// A world in the hands of the caller.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) world: World,
    pub(crate) now: i64,
    pub(crate) made: Vec<Made>,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Course {
    /// Does all the writes that are permitted, in turn.
    pub(crate) fn run(world: World, writes: &[Write]) -> Self {
        let mut course = Self {
            world,
            now: 0,
            made: Vec::new(),
            outcomes: Vec::new(),
        };
        for write in writes {
            let outcome = course.write(write);
            course.outcomes.push(outcome);
        }
        course
    }

    fn write(&mut self, write: &Write) -> Outcome {
        match write {
            Write::Bind(new) => self.bind(new),
            Write::Unbind(index) => {
                let all: Vec<usize> = (0..self.world.bindings.len()).collect();
                self.unbind(&all, *index)
            }
            Write::Leave(index) => {
                let bindings = self.world.bindings.iter().enumerate();
                let own = bindings.filter(|(_, held)| held.person == CALLER);
                let own: Vec<usize> = own.map(|(at, _)| at).collect();
                self.unbind(&own, *index)
            }
            Write::Delete(group) => self.delete(group % self.world.parents.len()),
            Write::Wait(time) => {
                self.now += time;
                Outcome::Void
            }
        }
    }

    fn bind(&mut self, new: &Held) -> Outcome {
        let new = Held {
            group: new.group % self.world.parents.len(),
            end: new.end.map(|end| self.now + end),
            ..new.clone()
        };
        if self.world.deleted[new.group] {
            return Outcome::Void;
        }
        if !self.world.may_bind(CALLER, &new, self.now) {
            return Outcome::Refused;
        }
        self.made.push(Made {
            held: new.clone(),
            at: self.now,
            before: self.world.clone(),
        });
        self.world.bindings.push(new);
        Outcome::Done
    }

    fn unbind(&mut self, candidates: &[usize], index: Index) -> Outcome {
        if candidates.is_empty() {
            return Outcome::Void;
        }
        let at = *index.get(candidates);
        if !self.world.may_unbind(CALLER, at, self.now) {
            return Outcome::Refused;
        }
        self.world.bindings.remove(at);
        Outcome::Done
    }

    fn delete(&mut self, group: usize) -> Outcome {
        if self.world.deleted[group] {
            return Outcome::Void;
        }
        if !self.world.may_delete(CALLER, group, self.now) {
            return Outcome::Refused;
        }
        // Parents have smaller numbers, so one pass finds all below.
        let mut gone = vec![false; self.world.parents.len()];
        for at in 0..gone.len() {
            gone[at] = at == group || self.world.parents[at].is_some_and(|parent| gone[parent]);
        }
        self.world.bindings.retain(|held| !gone[held.group]);
        for (deleted, gone) in self.world.deleted.iter_mut().zip(gone) {
            *deleted |= gone;
        }
        Outcome::Done
    }
}

/// A world in which the caller has a fair chance to be permitted something: they own it, or hold
/// rights over bindings somewhere near its root.
pub(crate) fn world() -> impl Strategy<Value = World> {
    // Sometimes with another owner, who may be one that rule 3 does not count.
    let owner = (CALLER..CALLER + 2).prop_map(|person| Held {
        person,
        group: 0,
        role: owner_role(),
        end: None,
    });
    let rights = (0..3usize, role(), end()).prop_map(|(group, mut role, end)| {
        role.extend([0, 1, 2]);
        Held {
            person: CALLER,
            group,
            role,
            end,
        }
    });
    let own = vec(prop_oneof![1 => owner, 2 => rights], 0..=2);
    (random::world(), own).prop_map(|(mut world, own)| {
        let n_groups = world.parents.len();
        world.bindings.extend(own.into_iter().map(|held| Held {
            group: held.group % n_groups,
            ..held
        }));
        world
    })
}

pub(crate) fn writes() -> impl Strategy<Value = Vec<Write>> {
    let write = prop_oneof![
        5 => held().prop_map(Write::Bind),
        4 => any::<Index>().prop_map(Write::Unbind),
        1 => any::<Index>().prop_map(Write::Leave),
        1 => group().prop_map(Write::Delete),
        1 => (1..4i64).prop_map(Write::Wait),
    ];
    vec(write, 1..10)
}
