//! Everyone who has a capability at a group.

use bailiwick_domain::{Capability, ExplainError, Uidp};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{held_by, uidp};
use crate::bindings::BoundIdentity;
use crate::error::{Failure, StoreError};
use crate::explain::ask::asked_at;
use crate::explain::remedy::bindable_at;
use crate::explain::row::{Eye, Part, bindings};
use crate::explain::{ExplainHandle, ExplainedBinding, way};
use crate::groups::GroupRow;
use crate::listing::places;
use crate::listing::{Page, PageKey};
use crate::roles::RoleRow;

/// Someone who has the capability.
#[derive(Debug, Clone, PartialEq)]
pub struct HolderRow {
    /// Who.
    pub identity: BoundIdentity,
    /// The bindings that give it, the topmost first.
    pub bindings: Vec<ExplainedBinding>,
}

impl ExplainHandle<'_> {
    /// A page of everyone who may do `what` at a group, by name. It takes `role_bindings.list` and
    /// `identity.list` there.
    ///
    /// # Errors
    /// See [`ExplainError`].
    pub async fn holders(
        &self,
        what: Capability,
        group: &Uidp,
        after: Option<&PageKey>,
        size: u32,
    ) -> Result<(GroupRow, Page<HolderRow>), Failure<ExplainError>> {
        let (caller, now) = (self.caller.identity(), self.store.now());
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let group = asked_at(&mut snapshot, &held, group, now, true).await?;
        let eye = Eye {
            caller,
            held: &held,
            now,
        };
        let mut roles = bindable_at(&mut snapshot, &group.uid).await?;
        roles.push(RoleRow::from(bailiwick_domain::gulfstream()));
        roles.retain(|role| role.capabilities.contains(what));
        let mut people = self
            .people(&mut snapshot, &group.uid, &roles, after, size)
            .await?;
        let more = people.len() > size as usize;
        people.truncate(size as usize);
        let next = people.last().filter(|_| more).map(|(label, last)| PageKey {
            value: label.clone(),
            uid: last.uid.to_string(),
        });
        let uids: Vec<Uidp> = people.iter().map(|(_, one)| one.uid.clone()).collect();
        let all = bindings(&mut snapshot, &uids, &group.uid, Some(what), eye).await?;
        let rows = people
            .into_iter()
            .map(|(_, identity)| HolderRow {
                bindings: all
                    .iter()
                    .filter(|one| one.identity == identity.uid && one.part == Part::Granted)
                    .cloned()
                    .collect(),
                identity,
            })
            .collect();
        let page = Page {
            rows,
            next,
            total: None,
        };
        Ok((group, page))
    }

    /// Who has one of these roles there, with what they are sorted by; one more than `size`.
    async fn people(
        &self,
        connection: &mut AnyConnection,
        group: &Uidp,
        roles: &[RoleRow],
        after: Option<&PageKey>,
        size: u32,
    ) -> Result<Vec<(String, BoundIdentity)>, StoreError> {
        let (way, issuers) = (way(group), &*self.store.issuers);
        if roles.is_empty() || issuers.is_empty() {
            return Ok(Vec::new());
        }
        let sql = statement(way.len(), roles.len(), issuers.len(), size);
        let (value, uid) = after.map_or(("", ""), |key| (&key.value, &key.uid));
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .bind(self.caller.identity().to_string())
            .bind(self.store.now().0)
            .bind(value.to_owned())
            .bind(uid.to_owned());
        for uid in way.iter().chain(roles.iter().map(|role| &role.uid)) {
            query = query.bind(uid.to_string());
        }
        for issuer in issuers {
            query = query.bind(issuer.clone());
        }
        let rows = query.fetch_all(connection).await?;
        let person = |row: &sqlx::any::AnyRow| -> Result<(String, BoundIdentity), StoreError> {
            let identity = BoundIdentity {
                uid: uidp("role_bindings.identity_uid", row.try_get::<&str, _>("uid")?)?,
                name: row.try_get("name")?,
                email: row.try_get("email")?,
                issuer: row.try_get("issuer")?,
                subject: row.try_get("subject")?,
            };
            Ok((row.try_get("label")?, identity))
        };
        rows.iter().map(person).collect()
    }
}

pub(crate) fn statement(way: usize, roles: usize, issuers: usize, size: u32) -> String {
    format!(
        "WITH bound AS (
             SELECT r.identity_uid AS uid, MAX(CASE WHEN r.identity_uid = $1 OR EXISTS (
                 SELECT 1 FROM role_bindings o
                 WHERE o.organization = r.organization AND o.identity_uid = r.identity_uid
                     AND o.own_act = 1) THEN 1 ELSE 0 END) AS known
             FROM role_bindings r JOIN identities s ON s.uid = r.identity_uid
             WHERE r.group_uid IN ({}) AND r.role_uid IN ({})
                 AND (r.ends_at IS NULL OR r.ends_at > $2)
                 AND s.suspended = 0 AND s.issuer IN ({})
             GROUP BY r.identity_uid),
         people AS (
             SELECT p.uid, COALESCE(i.label_key, p.uid) AS label, i.name, i.email, i.issuer,
                 i.subject
             FROM bound p LEFT JOIN identities i ON i.uid = p.uid AND p.known = 1)
         SELECT * FROM people WHERE (label, uid) > ($3, $4) ORDER BY label, uid LIMIT {}",
        places(5, way),
        places(5 + way, roles),
        places(5 + way + roles, issuers),
        size.saturating_add(1)
    )
}
