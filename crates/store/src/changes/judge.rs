//! What changes do: what people hold is read before and after they are made.

use bailiwick_domain::{
    Capability, ChangeError, ChangesError, Grant, Refusal as _, Uidp, owner_count, scopes,
};
use sqlx::Row as _;

use crate::access::held_by;
use crate::act::{Act, Actor};
use crate::bindings::root_bindings;
use crate::changes::affected::Affected;
use crate::changes::make::{make, savepoint};
use crate::changes::people::{Before, shown};
use crate::changes::{AccessChange, Effect, RefusedChange};
use crate::error::Failure;

/// What a rule refuses, by its place in the list.
type Refusals = Vec<(usize, ChangeError)>;

/// Judges, and has the transaction take it all back.
pub(super) async fn preview(
    act: &mut Act<'_>,
    caller: Uidp,
    organization: Uidp,
    changes: Vec<AccessChange>,
) -> Result<Effect, Failure<ChangesError>> {
    act.is_preview = true;
    let held = seen(act, &organization).await?;
    let locked = revision(act, &organization).await?;
    let last_removal = changes.iter().rposition(AccessChange::takes_away);
    let (mut effect, refusals) = run(act, &caller, &held, &organization, changes).await?;
    let said = |(index, error): (usize, ChangeError)| RefusedChange {
        index,
        reason: error.reason(),
        message: error.to_string(),
    };
    effect.refusals = refusals.into_iter().map(said).collect();
    if !act.keeps_owners().await? {
        let rule = ChangesError::LastOwner;
        effect.refusals.push(RefusedChange {
            index: last_removal.unwrap_or_default(),
            reason: rule.reason(),
            message: rule.to_string(),
        });
    }
    // The lock has counted this as a write.
    effect.revision = locked - 1;
    act.nothing_changed();
    Ok(effect)
}

/// Makes all of them.
pub(super) async fn apply(
    act: &mut Act<'_>,
    caller: Uidp,
    organization: Uidp,
    changes: Vec<AccessChange>,
    expected: Option<i64>,
) -> Result<Effect, Failure<ChangesError>> {
    let held = seen(act, &organization).await?;
    let locked = revision(act, &organization).await?;
    if expected.is_some_and(|expected| expected != locked - 1) {
        return Err(Failure::Rule(ChangesError::RevisionChanged));
    }
    act.tell("changes", changes.len().to_string());
    act.nothing_changed();
    let (mut effect, refusals) = run(act, &caller, &held, &organization, changes).await?;
    if let Some((index, error)) = refusals.into_iter().next() {
        return Err(Failure::Rule(ChangesError::Refused { index, error }));
    }
    if !act.keeps_owners().await? {
        return Err(Failure::Rule(ChangesError::LastOwner));
    }
    effect.revision = if act.has_changed() {
        locked
    } else {
        locked - 1
    };
    Ok(effect)
}

async fn run(
    act: &mut Act<'_>,
    caller: &Uidp,
    held: &[Grant],
    organization: &Uidp,
    changes: Vec<AccessChange>,
) -> Result<(Effect, Refusals), Failure<ChangesError>> {
    let issuers = act.issuers.clone();
    act.judge_owners_at_end();
    // What a rule refuses has no effect, and whoever may do nothing must not make the server read
    // what thousands hold.
    savepoint(act, "SAVEPOINT trial").await?;
    let (was_write, tried) = (act.has_changed(), changes.clone());
    let refusals = make_each(act, caller, tried.into_iter().enumerate()).await?;
    savepoint(act, "ROLLBACK TO trial").await?;
    savepoint(act, "RELEASE trial").await?;
    if !was_write {
        act.nothing_changed();
    }
    let is_refused = |index| refusals.iter().any(|(refused, _)| *refused == index);
    let (places, allowed): (Vec<usize>, Vec<AccessChange>) = changes
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !is_refused(*index))
        .unzip();
    let affected = Affected::by(act, &allowed).await?;
    let before = affected.hold(act.tx, organization, &issuers).await?;
    let made = places.into_iter().zip(allowed);
    let mut all = make_each(act, caller, made).await?;
    all.extend(refusals);
    let after = affected.hold(act.tx, organization, &issuers).await?;
    let owners = root_bindings(act.tx, organization, &issuers).await?;
    let before = Before {
        holdings: before,
        caller,
        held,
    };
    let mut effect = shown(act.tx, before, after, act.now).await?;
    effect.owner_count = owner_count(owners);
    Ok((effect, all))
}

/// Makes each of them, but those that a rule refuses.
async fn make_each(
    act: &mut Act<'_>,
    caller: &Uidp,
    changes: impl Iterator<Item = (usize, AccessChange)> + Send,
) -> Result<Refusals, Failure<ChangesError>> {
    let mut refusals = Refusals::new();
    for (index, change) in changes {
        match make(act, caller, change).await {
            Ok(()) => {}
            Err(Failure::Rule(error)) => refusals.push((index, error)),
            Err(Failure::Store(error)) => return Err(Failure::Store(error)),
        }
    }
    Ok(refusals)
}

/// What the caller holds, if they see anything of the organization.
async fn seen(act: &mut Act<'_>, organization: &Uidp) -> Result<Vec<Grant>, Failure<ChangesError>> {
    let held = match &act.actor {
        Actor::Person(caller) => held_by(act.tx, caller).await?,
        // The host has handles of its own.
        Actor::Host => Vec::new(),
    };
    let sees = scopes(&held, Capability::GROUPS_LIST, act.now)
        .into_iter()
        .any(|group| organization.reaches(group));
    match sees {
        true => Ok(held),
        false => Err(Failure::Rule(ChangesError::NotFound)),
    }
}

/// The organization's revision, this write counted.
async fn revision(act: &mut Act<'_>, organization: &Uidp) -> Result<i64, Failure<ChangesError>> {
    let row = sqlx::query("SELECT revision FROM groups WHERE uid = $1")
        .bind(organization.as_str())
        .fetch_optional(&mut *act.tx)
        .await?;
    match row {
        Some(row) => Ok(row.try_get("revision")?),
        None => Err(Failure::Rule(ChangesError::NotFound)),
    }
}
