//! Who could make a change.

use bailiwick_domain::{Capability, Grant, Uidp};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::bindings::BoundIdentity;
use crate::error::StoreError;
use crate::explain::row::{Eye, bindings};
use crate::explain::subject::subject;
use crate::explain::{ExplainHandle, way};
use crate::listing::places;
use crate::roles::RoleRow;

/// How many people are looked at.
const LOOKED_AT: usize = 50;
/// How many of them are named.
const NAMED: usize = 10;

/// Other people who `could`, by bindings without an end; among the first that may bind roles there
/// at all.
pub(super) async fn makers(
    connection: &mut AnyConnection,
    explain: &ExplainHandle<'_>,
    group: &Uidp,
    bindable: &[RoleRow],
    eye: Eye<'_>,
    could: impl Fn(&[Grant]) -> bool,
) -> Result<Vec<BoundIdentity>, StoreError> {
    let issuers = &*explain.store.issuers;
    let roles: Vec<&Uidp> = bindable
        .iter()
        .filter(|role| role.capabilities.contains(Capability::ROLE_BINDINGS_CREATE))
        .map(|role| &role.uid)
        .collect();
    let way = way(group);
    if issuers.is_empty() {
        return Ok(Vec::new());
    }
    let sql = statement(way.len(), roles.len(), issuers.len());
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
    for uid in way.iter().chain(roles) {
        query = query.bind(uid.to_string());
    }
    for issuer in issuers {
        query = query.bind(issuer.clone());
    }
    let mut people = Vec::new();
    for row in query.fetch_all(&mut *connection).await? {
        let column = "role_bindings.identity_uid";
        people.push(uidp(column, row.try_get::<&str, _>("identity_uid")?)?);
    }
    people.retain(|person| person != eye.caller);
    let all = bindings(connection, &people, group, None, eye).await?;
    let mut named = Vec::new();
    for person in people {
        let held: Vec<Grant> = all
            .iter()
            .filter(|binding| binding.identity == person)
            .map(|binding| binding.grant())
            .collect();
        if could(&held) {
            let organization = group.organization();
            let found = subject(connection, &person, eye.caller, &organization, issuers);
            named.push(found.await?.0);
        }
        if named.len() == NAMED {
            break;
        }
    }
    Ok(named)
}

pub(crate) fn statement(way: usize, roles: usize, issuers: usize) -> String {
    format!(
        "SELECT DISTINCT b.identity_uid
         FROM role_bindings b JOIN identities i ON i.uid = b.identity_uid
         WHERE b.group_uid IN ({}) AND b.role_uid IN ({}) AND b.ends_at IS NULL
             AND i.suspended = 0 AND i.issuer IN ({})
         ORDER BY b.identity_uid LIMIT {LOOKED_AT}",
        places(1, way),
        places(1 + way, roles),
        places(1 + way + roles, issuers)
    )
}
