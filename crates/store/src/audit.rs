//! The audit trail: one row for every write, in the transaction of the write, and one for every
//! write that a rule refused, numbered without gaps per organization.

use std::collections::BTreeMap;

use bailiwick_domain::{Micros, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::error::StoreError;
use crate::store::Store;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The organization's UIDP; empty for what belongs to none.
    pub organization: String,
    /// From 1, without gaps.
    pub seq: i64,
    /// When.
    pub time: Micros,
    /// The identity's UIDP, or `host` for the machine's own operator.
    pub actor: String,
    /// As `groups.create`.
    pub action: String,
    /// The UIDP of what was changed.
    pub target: String,
    /// Under which request.
    pub request_id: String,
    /// Empty for what was done, else the reason of the refusal.
    pub refusal: String,
    /// Canonical JSON.
    pub detail: String,
}

/// A row to be written. Never holds a secret.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) organization: Option<&'a Uidp>,
    pub(crate) actor: &'a str,
    pub(crate) action: &'static str,
    pub(crate) target: &'a str,
    pub(crate) request_id: &'a str,
    pub(crate) refusal: &'a str,
    pub(crate) detail: &'a [(&'static str, &'a str)],
}

/// Writes a row with the organization's next number.
pub(crate) async fn record(
    connection: &mut AnyConnection,
    now: Micros,
    entry: Entry<'_>,
) -> Result<(), StoreError> {
    let organization = entry.organization.map_or("", Uidp::as_str);
    let seq: i64 = sqlx::query(
        "INSERT INTO audit_heads (organization, seq) VALUES ($1, 1)
         ON CONFLICT (organization) DO UPDATE SET seq = audit_heads.seq + 1
         RETURNING seq",
    )
    .bind(organization)
    .fetch_one(&mut *connection)
    .await?
    .try_get("seq")?;
    let detail: BTreeMap<_, _> = entry.detail.iter().copied().collect();
    let detail = serde_json::to_string(&detail).unwrap_or_default();
    sqlx::query(
        "INSERT INTO audit
             (organization, seq, time, actor, action, target, request_id, refusal, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(organization)
    .bind(seq)
    .bind(now.0)
    .bind(entry.actor)
    .bind(entry.action)
    .bind(entry.target)
    .bind(entry.request_id)
    .bind(entry.refusal)
    .bind(detail)
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// The rows of an organization (or of none), oldest first. For the machine's operator: no
    /// capability is asked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit_rows(
        &self,
        organization: Option<&Uidp>,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT organization, seq, time, actor, action, target, request_id, refusal, detail
             FROM audit WHERE organization = $1 ORDER BY seq",
        )
        .bind(organization.map_or("", Uidp::as_str))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(AuditRow {
                    organization: row.try_get("organization")?,
                    seq: row.try_get("seq")?,
                    time: Micros(row.try_get("time")?),
                    actor: row.try_get("actor")?,
                    action: row.try_get("action")?,
                    target: row.try_get("target")?,
                    request_id: row.try_get("request_id")?,
                    refusal: row.try_get("refusal")?,
                    detail: row.try_get("detail")?,
                })
            })
            .collect()
    }
}
