//! `bailiwick serve`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use bailiwick_server::{Config, console_is_embedded, serve};
use clap::Args;

use crate::logging::{self, LogFormat};

/// What `serve` takes.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The configuration file.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "dev",
        conflicts_with = "dev"
    )]
    config: Option<PathBuf>,
    /// Try it out on this computer: loopback only, and a sign-in provider where anyone may be
    /// anyone.
    #[arg(long)]
    dev: bool,
    /// Folder of the development database.
    #[arg(long, value_name = "FOLDER", default_value = "data", requires = "dev")]
    data: PathBuf,
    /// Port of the console under --dev.
    #[arg(long, value_name = "PORT", default_value_t = 8080, requires = "dev")]
    port: u16,
    /// Port of the development sign-in provider. It is part of the issuer, so development people
    /// who signed in under another port are strangers under this one.
    #[arg(long, value_name = "PORT", default_value_t = 8081, requires = "dev")]
    provider_port: u16,
    /// The form of the log; text under --dev, else JSON.
    #[arg(long, value_enum)]
    log_format: Option<LogFormat>,
}

/// Runs the server until it is told to stop.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let format = arguments.log_format.unwrap_or(match arguments.dev {
        true => LogFormat::Text,
        false => LogFormat::Json,
    });
    logging::start(format);
    let config = match &arguments.config {
        Some(path) => Config::from_file(path)?,
        None => development(&arguments.data, arguments.port, arguments.provider_port)?,
    };
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

fn development(data: &Path, port: u16, provider_port: u16) -> Result<Config> {
    Ok(Config::development(data, port, provider_port)?)
}
