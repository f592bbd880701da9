//! `admin bind` and `admin unbind`.

use anyhow::{Result, anyhow, bail};
use bailiwick_domain::{BuiltInRole, Uidp};
use bailiwick_store::NewBinding;
use clap::Args;

use crate::admin::{Host, find};
use bailiwick_server::parse_rfc3339;

/// `admin bind`
#[derive(Debug, Args)]
pub(super) struct Bind {
    /// The group's UIDP, or its names from the organization down: acme/dev
    group: String,
    /// The address or UIDP of a person
    who: String,
    /// owner, editor, viewer or gulfstream
    #[arg(long)]
    role: String,
    /// When it ends, as 2027-01-31T12:00:00Z; for ever when left out
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// `admin unbind`
#[derive(Debug, Args)]
pub(super) struct Unbind {
    /// The role binding's UIDP
    binding: Uidp,
    /// Even if nobody who can sign in would own the organization for good
    #[arg(long)]
    leave_ownerless: bool,
}

impl Bind {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let Some(role) = BuiltInRole::by_name(&self.role) else {
            bail!(
                "there is no role {}: choose owner, editor, viewer or gulfstream",
                self.role
            );
        };
        let ends_at = self
            .until
            .map(|text| {
                parse_rfc3339(&text)
                    .ok_or_else(|| anyhow!("{text} is no time: write it as 2027-01-31T12:00:00Z"))
            })
            .transpose()?;
        let group = find::group(&host.store, &self.group).await?;
        let binding = NewBinding {
            identity: find::identity(&host.store, &self.who).await?,
            role: role.uid().clone(),
            group: group.uid,
            ends_at,
        };
        let uid = host.store.as_host().bind(binding).await?;
        println!("{} is {} of {}: {uid}", self.who, role.name, group.name);
        Ok(())
    }
}

impl Unbind {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let (uid, ownerless) = (self.binding, self.leave_ownerless);
        host.store.as_host().unbind(uid.clone(), ownerless).await?;
        println!("Removed {uid}");
        Ok(())
    }
}
