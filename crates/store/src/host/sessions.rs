//! Ending everyone's sign-ins.

use crate::act::HOST;
use crate::audit::{self, Entry};
use crate::error::StoreError;
use crate::host::HostHandle;
use crate::store::only_store;

/// How many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EndedSignIns {
    /// Sessions of browsers.
    pub sessions: u64,
    /// Sign-ins of clients and devices.
    pub grants: u64,
}

impl HostHandle<'_> {
    /// Ends every session, every client's sign-in and every code on its way to one. A backup that is
    /// restored brings back those that had ended since.
    ///
    /// # Errors
    /// The database failed, and nothing has ended.
    pub async fn end_all_sign_ins(&self) -> Result<EndedSignIns, StoreError> {
        only_store(
            self.store
                .write(|tx, now| {
                    Box::pin(async move {
                        let mut ended = EndedSignIns::default();
                        for (table, count) in [
                            ("sessions", Some(&mut ended.sessions)),
                            ("client_grants", Some(&mut ended.grants)),
                            ("authorization_codes", None),
                            ("client_codes", None),
                            ("authorization_requests", None),
                            ("device_codes", None),
                            ("login_transactions", None),
                        ] {
                            let sql = format!("DELETE FROM {table}");
                            let done = sqlx::query(sqlx::AssertSqlSafe(sql))
                                .execute(&mut *tx)
                                .await?;
                            if let Some(count) = count {
                                *count = done.rows_affected();
                            }
                        }
                        let entry = Entry {
                            organization: None,
                            actor: HOST,
                            action: "sessions.end_all",
                            target: HOST,
                            request_id: "",
                            refusal: "",
                            detail: &[],
                        };
                        audit::record(tx, now, entry).await?;
                        Ok(ended)
                    })
                })
                .await,
        )
    }
}
