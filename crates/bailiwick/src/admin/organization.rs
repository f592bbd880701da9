//! `admin create-org` and `admin owner-invite`.

use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use bailiwick_domain::{Description, GroupName, Mailbox, Uidp, parse_ttl};
use bailiwick_store::{NewGroup, NewOwnerInvite};
use clap::Args;

use crate::admin::{Host, find};
use bailiwick_server::rfc3339;

/// Who an owner's invite is for.
#[derive(Debug, Args)]
pub(super) struct Invited {
    /// Only somebody whose provider vouches for this address may accept
    #[arg(long, value_name = "ADDRESS")]
    email: Option<Mailbox>,
    /// How long it may be accepted: 45m, 24h, 7d, 2w
    #[arg(long, value_name = "TIME", default_value = "7d", value_parser = life)]
    ttl: Duration,
}

/// `admin create-org`
#[derive(Debug, Args)]
pub(super) struct Create {
    /// 1 to 63 of a-z, 0-9, space, dot, dash and underscore
    name: GroupName,
    /// A sentence about it
    #[arg(long, default_value = "")]
    description: String,
    #[command(flatten)]
    invited: Invited,
}

/// `admin owner-invite`
#[derive(Debug, Args)]
pub(super) struct OwnerInvite {
    /// The organization's name or UIDP
    organization: String,
    #[command(flatten)]
    invited: Invited,
}

fn life(text: &str) -> Result<Duration, String> {
    parse_ttl(text).map_err(|error| error.to_string())
}

impl Create {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let description: Description = self
            .description
            .parse()
            .map_err(|error| anyhow!("{error}"))?;
        let group = NewGroup {
            name: self.name,
            description,
        };
        let made = host.store.as_host().create_organization(group).await?;
        println!("Made the organization {}: {}", made.name, made.uid);
        invite(host, made.uid, self.invited).await
    }
}

impl OwnerInvite {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let group = find::group(&host.store, &self.organization).await?;
        if !group.uid.is_root() {
            bail!(
                "{} is a folder: owners are invited to the organization {}",
                self.organization,
                group.uid.organization()
            );
        }
        invite(host, group.uid, self.invited).await
    }
}

async fn invite(host: &Host, organization: Uidp, invited: Invited) -> Result<()> {
    let mailed = invited.email.is_some() && host.config.smtp.is_some();
    let invite = NewOwnerInvite {
        organization,
        email: invited.email,
        life: invited.ttl,
    };
    let invite = host.store.as_host().owner_invite(invite).await?;
    println!(
        "Owner invite {}, for one person, until {}:\n  {}/invite#{}",
        invite.key_id,
        rfc3339(invite.expire_time),
        host.config.origin(),
        invite.code.expose()
    );
    println!("Whoever opens the link signs in and accepts there. It is not shown again.");
    if mailed {
        println!("The server mails it to that address, too.");
    }
    Ok(())
}
