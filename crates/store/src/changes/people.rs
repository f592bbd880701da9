//! Who gains and loses what where, as far as the caller may see it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bailiwick_domain::{
    Capability, CapabilitySet, Difference, Grant, Micros, Uidp, allows, capabilities_at,
    differences, owner,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::bindings::BoundIdentity;
use crate::changes::affected::Holding;
use crate::changes::{Effect, PEOPLE_SHOWN, PLACES_SHOWN, PersonEffect, PlaceEffect};
use crate::error::StoreError;
use crate::listing::places;

/// What it takes at a group to be told what others gain and lose there.
const TO_SEE: [Capability; 2] = [Capability::ROLE_BINDINGS_LIST, Capability::IDENTITY_LIST];
/// How many groups one statement asks for.
const AT_ONCE: usize = 500;

/// How things stood before the changes.
pub(super) struct Before<'a> {
    pub(super) holdings: BTreeMap<Uidp, Holding>,
    pub(super) caller: &'a Uidp,
    /// What the caller held.
    pub(super) held: &'a [Grant],
}

/// What changed, with the names of those whom the caller may see.
pub(super) async fn shown(
    connection: &mut AnyConnection,
    before: Before<'_>,
    after: BTreeMap<Uidp, Holding>,
    now: Micros,
) -> Result<Effect, StoreError> {
    let (mut gain_count, mut lose_count, mut people) = (0, 0, Vec::new());
    let everyone: BTreeSet<&Uidp> = before.holdings.keys().chain(after.keys()).collect();
    for identity in everyone {
        let (was, is) = (before.holdings.get(identity), after.get(identity));
        let held = |holding: Option<&Holding>| holding.map_or(Vec::new(), |all| all.grants.clone());
        let (was_held, is_held) = (held(was), held(is));
        let all = differences(&was_held, &is_held, now);
        let person = person(identity, &all, &was_held, &is_held, now);
        gain_count += usize::from(!person.gained.is_empty());
        lose_count += usize::from(!person.lost.is_empty());
        let sees = |group: &Uidp| {
            identity == before.caller
                || TO_SEE
                    .iter()
                    .all(|&what| allows(before.held, what, group, now))
        };
        let places: Vec<Difference> = all.into_iter().filter(|at| sees(&at.group)).collect();
        if !places.is_empty() {
            let is_known = was.is_some_and(|was| was.is_known)
                || is.is_some_and(|is| is.is_known)
                || identity == before.caller;
            people.push((person, places, is_known));
        }
    }
    people.sort_by_key(|(person, ..)| {
        let loses = !person.lost.is_empty();
        let size = person.gained.len() + person.lost.len();
        (
            std::cmp::Reverse((loses, size)),
            person.identity.uid.clone(),
        )
    });
    people.truncate(PEOPLE_SHOWN);
    Ok(Effect {
        revision: 0,
        gain_count,
        lose_count,
        owner_count: 0,
        people: named(connection, people).await?,
        refusals: Vec::new(),
    })
}

fn person(
    identity: &Uidp,
    all: &[Difference],
    was_held: &[Grant],
    is_held: &[Grant],
    now: Micros,
) -> PersonEffect {
    let sum = |of: fn(&Difference) -> &CapabilitySet| {
        let sets = all.iter().map(of);
        sets.fold(CapabilitySet::empty(), |sum, set| sum.union(set))
    };
    let owns = |held: &[Grant], group: &Uidp| {
        owner()
            .capabilities
            .is_subset_of(&capabilities_at(held, group, now))
    };
    PersonEffect {
        identity: BoundIdentity {
            uid: identity.clone(),
            name: None,
            email: None,
            issuer: None,
            subject: None,
        },
        gained: sum(|at| &at.gained),
        lost: sum(|at| &at.lost),
        becomes_owner: all
            .iter()
            .any(|at| owns(is_held, &at.group) && !owns(was_held, &at.group)),
        was_owner: all
            .iter()
            .any(|at| owns(was_held, &at.group) && !owns(is_held, &at.group)),
        places: Vec::new(),
    }
}

/// With the names of people and groups.
async fn named(
    connection: &mut AnyConnection,
    people: Vec<(PersonEffect, Vec<Difference>, bool)>,
) -> Result<Vec<PersonEffect>, StoreError> {
    let mut known = HashMap::new();
    let uids = people
        .iter()
        .filter(|(_, _, is_known)| *is_known)
        .map(|(person, ..)| &person.identity.uid)
        .collect();
    let sql = "SELECT uid, name, email, issuer, subject FROM identities WHERE uid IN ({})";
    for row in rows(connection, sql, uids).await? {
        let uid = uidp("identities.uid", row.try_get::<&str, _>("uid")?)?;
        let identity = BoundIdentity {
            uid: uid.clone(),
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            issuer: row.try_get("issuer")?,
            subject: row.try_get("subject")?,
        };
        known.insert(uid, identity);
    }
    let mut names: HashMap<String, String> = HashMap::new();
    let groups = people
        .iter()
        .flat_map(|(_, places, _)| places.iter().take(PLACES_SHOWN))
        .map(|at| &at.group)
        .collect();
    let sql = "SELECT uid, name FROM groups WHERE uid IN ({})";
    for row in rows(connection, sql, groups).await? {
        names.insert(row.try_get("uid")?, row.try_get("name")?);
    }
    let shown = |(person, places, _): (PersonEffect, Vec<Difference>, bool)| PersonEffect {
        identity: known
            .remove(&person.identity.uid)
            .unwrap_or(person.identity),
        places: places
            .into_iter()
            .take(PLACES_SHOWN)
            .map(|at| PlaceEffect {
                group_name: names.get(at.group.as_str()).cloned().unwrap_or_default(),
                group: at.group,
                gained: at.gained,
                lost: at.lost,
            })
            .collect(),
        ..person
    };
    Ok(people.into_iter().map(shown).collect())
}

async fn rows(
    connection: &mut AnyConnection,
    sql: &str,
    uids: BTreeSet<&Uidp>,
) -> Result<Vec<sqlx::any::AnyRow>, StoreError> {
    let mut found = Vec::new();
    let uids: Vec<&Uidp> = uids.into_iter().collect();
    for some in uids.chunks(AT_ONCE) {
        let sql = sql.replace("{}", &places(1, some.len()));
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for uid in some {
            query = query.bind(uid.to_string());
        }
        found.extend(query.fetch_all(&mut *connection).await?);
    }
    Ok(found)
}
