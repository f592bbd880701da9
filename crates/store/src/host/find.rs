//! From what an operator types to the thing that is meant.

use bailiwick_domain::Uidp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::access::uidp;
use crate::error::StoreError;
use crate::groups::GroupRow;
use crate::host::{HostHandle, KnownIdentity};

impl HostHandle<'_> {
    /// A group by its UIDP or by its path of names from the organization down (`acme/dev/web`).
    ///
    /// # Errors
    /// The database failed. What is not there is `None`.
    pub async fn find_group(&self, text: &str) -> Result<Option<GroupRow>, StoreError> {
        let mut snapshot = self.store.readers.begin().await?;
        if let Ok(uid) = text.parse::<Uidp>() {
            return crate::groups::one(&mut snapshot, &uid).await;
        }
        let mut parent = String::new();
        for name in text.split('/') {
            let row = sqlx::query("SELECT uid FROM groups WHERE parent = $1 AND name = $2")
                .bind(parent)
                .bind(name.trim().to_owned())
                .fetch_optional(&mut *snapshot)
                .await?;
            let Some(row) = row else { return Ok(None) };
            parent = row.try_get("uid")?;
        }
        crate::groups::one(&mut snapshot, &uidp("groups.uid", &parent)?).await
    }

    /// People by UIDP, or all who have this address.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_identities(&self, text: &str) -> Result<Vec<KnownIdentity>, StoreError> {
        let column = match text.parse::<Uidp>() {
            Ok(_) => "uid",
            Err(_) => "email",
        };
        let sql = format!(
            "SELECT uid, name, email, issuer, subject, suspended FROM identities
             WHERE {column} = $1 ORDER BY uid"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(text.to_owned())
            .fetch_all(&self.store.readers)
            .await?;
        rows.iter().map(known).collect()
    }
}

fn known(row: &AnyRow) -> Result<KnownIdentity, StoreError> {
    Ok(KnownIdentity {
        uid: uidp("identities.uid", row.try_get::<&str, _>("uid")?)?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        issuer: row.try_get("issuer")?,
        subject: row.try_get("subject")?,
        suspended: row.try_get::<i64, _>("suspended")? != 0,
    })
}
