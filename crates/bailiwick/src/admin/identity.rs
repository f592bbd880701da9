//! `admin identity suspend` and `admin identity restore`.

use anyhow::Result;
use clap::Subcommand;

use crate::admin::{Host, find};

/// `admin identity`
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// End somebody's sessions and let them hold nothing, from the next request on
    Suspend {
        /// The address or UIDP of a person
        who: String,
        /// Even if nobody who can sign in would own an organization for good
        #[arg(long)]
        leave_ownerless: bool,
    },
    /// Let somebody sign in again and hold what they held
    Restore {
        /// The address or UIDP of a person
        who: String,
    },
}

impl Command {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let admin = host.store.as_host();
        match self {
            Self::Suspend {
                who,
                leave_ownerless,
            } => {
                let person = find::person(&host.store, &who).await?;
                admin.suspend(person.uid.clone(), leave_ownerless).await?;
                println!("Suspended {} ({})", person.name, person.uid);
            }
            Self::Restore { who } => {
                let person = find::person(&host.store, &who).await?;
                admin.restore(person.uid.clone()).await?;
                println!("Restored {} ({})", person.name, person.uid);
            }
        }
        Ok(())
    }
}
