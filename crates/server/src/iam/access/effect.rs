//! What changes do, from the store to the wire.

use bailiwick_api::access::{ChangeRefusal, PersonChange, PlaceChange};
use bailiwick_api::{PathElement, Preview};
use bailiwick_domain::Uidp;
use bailiwick_store::{Effect, PersonEffect, PlaceEffect};

use crate::iam::role_bindings::bound;

pub(super) fn wire(effect: Effect, caller: &Uidp) -> Preview {
    Preview {
        revision: effect.revision.to_string(),
        gain_count: count(effect.gain_count),
        lose_count: count(effect.lose_count),
        owner_count: count(effect.owner_count),
        people: effect
            .people
            .into_iter()
            .map(|one| person(one, caller))
            .collect(),
        refusals: effect
            .refusals
            .into_iter()
            .map(|refused| ChangeRefusal {
                index: count(refused.index),
                reason: refused.reason.to_owned(),
                message: refused.message,
            })
            .collect(),
    }
}

fn person(person: PersonEffect, caller: &Uidp) -> PersonChange {
    PersonChange {
        you: person.identity.uid == *caller,
        identity: bound(person.identity),
        gained: count(person.gained.len()),
        lost: count(person.lost.len()),
        becomes_owner: person.becomes_owner,
        was_owner: person.was_owner,
        places: person.places.into_iter().map(place).collect(),
    }
}

fn place(place: PlaceEffect) -> PlaceChange {
    PlaceChange {
        group: PathElement {
            uid: place.group,
            name: place.group_name,
        },
        gained: place.gained.to_wire(),
        lost: place.lost.to_wire(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
