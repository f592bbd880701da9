//! Whom changes can concern, and what those people hold.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick_domain::{Grant, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{grant, uidp};
use crate::act::Act;
use crate::bindings::bound;
use crate::changes::AccessChange;
use crate::error::StoreError;
use crate::listing::places;

/// Whom changes can concern.
#[derive(Debug, Default)]
pub(super) struct Affected {
    /// These people.
    people: BTreeSet<Uidp>,
    /// Everyone who has one of these roles.
    roles: BTreeSet<Uidp>,
}

/// What somebody holds in the organization.
#[derive(Debug, Default)]
pub(super) struct Holding {
    pub(super) grants: Vec<Grant>,
    /// Whether they are there by an act of their own, so that their name may be shown.
    pub(super) is_known: bool,
}

impl Affected {
    /// Found before anything is changed.
    pub(super) async fn by(
        act: &mut Act<'_>,
        changes: &[AccessChange],
    ) -> Result<Self, StoreError> {
        let mut affected = Self::default();
        for change in changes {
            match change {
                AccessChange::CreateBinding(new) => {
                    affected.people.insert(new.identity.clone());
                }
                AccessChange::UpdateBinding(uid, _) | AccessChange::DeleteBinding(uid) => {
                    let found = bound(act.tx, uid).await?;
                    affected.people.extend(found.map(|(_, identity)| identity));
                }
                AccessChange::RemoveIdentity { identity, .. } => {
                    affected.people.insert(identity.clone());
                }
                AccessChange::UpdateRole(uid, _) => {
                    affected.roles.insert(uid.clone());
                }
                AccessChange::CreateRole(_) | AccessChange::DeleteRole(_) => {}
            }
        }
        Ok(affected)
    }

    /// What they hold now in the organization. Who is suspended, or comes from a provider that is
    /// not configured, holds nothing; who has not signed in yet will.
    pub(super) async fn hold(
        &self,
        connection: &mut AnyConnection,
        organization: &Uidp,
        issuers: &[String],
    ) -> Result<BTreeMap<Uidp, Holding>, StoreError> {
        let mut held: BTreeMap<Uidp, Holding> = BTreeMap::new();
        for (uids, who) in [(&self.people, PEOPLE), (&self.roles, HOLDERS)] {
            if uids.is_empty() {
                continue;
            }
            let mut of_these: BTreeMap<Uidp, Holding> = BTreeMap::new();
            let sql = who.replace("{}", &places(2, uids.len()));
            let mut query =
                sqlx::query(AssertSqlSafe(format!("{HELD} {sql}"))).bind(organization.to_string());
            for uid in uids {
                query = query.bind(uid.to_string());
            }
            for row in query.fetch_all(&mut *connection).await? {
                add(&mut of_these, &row, issuers)?;
            }
            held.append(&mut of_these);
        }
        Ok(held)
    }
}

const HELD: &str = "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, b.own_act,
         i.issuer, i.suspended, roles.capabilities AS role_capabilities
     FROM role_bindings b LEFT JOIN identities i ON i.uid = b.identity_uid
         LEFT JOIN roles ON roles.uid = b.role_uid
     WHERE b.organization = $1";

const PEOPLE: &str = "AND b.identity_uid IN ({})";

const HOLDERS: &str = "AND b.identity_uid IN (
     SELECT x.identity_uid FROM role_bindings x WHERE x.organization = $1 AND x.role_uid IN ({}))";

fn add(
    held: &mut BTreeMap<Uidp, Holding>,
    row: &AnyRow,
    issuers: &[String],
) -> Result<(), StoreError> {
    let identity = uidp(
        "role_bindings.identity_uid",
        row.try_get::<&str, _>("identity_uid")?,
    )?;
    let holding = held.entry(identity).or_default();
    holding.is_known |= row.try_get::<i64, _>("own_act")? != 0;
    let is_suspended = row.try_get::<Option<i64>, _>("suspended")?.unwrap_or(0) != 0;
    let issuer = row.try_get::<Option<&str>, _>("issuer")?;
    let is_foreign = issuer.is_some_and(|issuer| !issuers.iter().any(|known| known == issuer));
    if !is_suspended && !is_foreign {
        holding.grants.extend(grant(row)?);
    }
    Ok(())
}
