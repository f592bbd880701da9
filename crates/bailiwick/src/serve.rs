//! `bailiwick serve`.

use anyhow::{Context as _, Result};
use bailiwick_server::{console_is_embedded, serve};
use clap::Args;

use crate::configured::Configured;
use crate::logging::{self, LogFormat};

/// What `serve` takes.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    configured: Configured,
    /// The form of the log; text under --dev, else JSON.
    #[arg(long, value_enum)]
    log_format: Option<LogFormat>,
}

/// Runs the server until it is told to stop.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let format = arguments
        .log_format
        .unwrap_or(match arguments.configured.dev {
            true => LogFormat::Text,
            false => LogFormat::Json,
        });
    logging::start(format);
    let config = arguments.configured.load()?;
    if !console_is_embedded() {
        tracing::warn!("this binary was built without the console; `cargo xtask run` builds both");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), database = %config.database, "starting");
    let runtime = tokio::runtime::Runtime::new().context("no runtime")?;
    runtime.block_on(serve(config, |url| {
        tracing::info!(url, "ready");
        println!("{url}");
    }))?;
    tracing::info!("stopped");
    Ok(())
}
