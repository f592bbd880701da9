//! `admin end-sign-ins`.

use anyhow::Result;
use bailiwick_store::EndedSignIns;

use crate::admin::Host;

pub(super) async fn end(host: &Host) -> Result<()> {
    let EndedSignIns { sessions, grants } = host.store.as_host().end_all_sign_ins().await?;
    println!("Ended {sessions} sessions of browsers and {grants} sign-ins of clients and devices.");
    Ok(())
}
