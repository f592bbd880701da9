//! `admin rotate-key`.

use anyhow::Result;
use bailiwick_server::new_signing_key;
use clap::Args;

use crate::admin::Host;

/// `admin rotate-key`
#[derive(Debug, Args)]
pub(super) struct Rotate {
    /// The old key is in wrong hands: all that it signed is worth nothing at once
    #[arg(long)]
    compromised: bool,
}

impl Rotate {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let key = new_signing_key()?;
        let kid = key.kid.clone();
        host.store.rotate_signing_key(key, self.compromised).await?;
        println!("From now on the key {kid} signs; servers that run use it within five seconds.");
        Ok(())
    }
}
