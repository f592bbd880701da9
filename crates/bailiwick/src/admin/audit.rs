//! `admin audit`: the trail of an organization, or of what belongs to none.

use anyhow::Result;
use bailiwick_store::AuditRow;
use clap::{Args, ValueEnum};

use crate::admin::{Host, find};
use bailiwick_server::rfc3339;

/// `admin audit`
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The organization's name or UIDP; without one, what belongs to no organization: sessions,
    /// suspensions, and refused attempts on what is not there
    organization: Option<String>,
    /// Only the newest so many rows
    #[arg(long, value_name = "COUNT")]
    last: Option<usize>,
    /// How to write them
    #[arg(long, short, value_enum, default_value_t = Output::Text)]
    output: Output,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    /// A line for people
    Text,
    /// A JSON object on each line
    Json,
}

impl Arguments {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let organization = match &self.organization {
            // What is deleted has a trail still, and only its UIDP names it.
            Some(text) => match text.parse() {
                Ok(uid) => Some(uid),
                Err(_) => Some(find::group(&host.store, text).await?.uid.organization()),
            },
            None => None,
        };
        let rows = host.store.audit_rows(organization.as_ref()).await?;
        let skip = rows.len() - rows.len().min(self.last.unwrap_or(usize::MAX));
        for row in &rows[skip..] {
            println!(
                "{}",
                match self.output {
                    Output::Text => text(row),
                    Output::Json => json(row),
                }
            );
        }
        Ok(())
    }
}

fn text(row: &AuditRow) -> String {
    let refused = match row.refusal.as_str() {
        "" => String::new(),
        reason => format!("  refused: {reason}"),
    };
    format!(
        "{}  {}  {}  {}  {}{refused}  {}",
        row.seq,
        rfc3339(row.time),
        row.actor,
        row.action,
        row.target,
        row.detail
    )
}

fn json(row: &AuditRow) -> String {
    let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
    serde_json::json!({
        "organization": row.organization,
        "seq": row.seq,
        "time": rfc3339(row.time),
        "actor": row.actor,
        "action": row.action,
        "target": row.target,
        "requestId": row.request_id,
        "refusal": row.refusal,
        "detail": detail,
    })
    .to_string()
}
