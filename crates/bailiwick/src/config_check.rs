//! `bailiwick config check`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use bailiwick_server::Config;
use clap::{Args, Subcommand};

/// What can be done with a configuration file.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say whether `serve` could use a file, and what it would then go by.
    Check(Arguments),
}

/// What `config check` takes.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

/// Prints the effective configuration without its secrets. All of the output is TOML.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let config = Config::from_file(&arguments.config)?;
    let effective = config
        .to_toml()
        .context("the configuration cannot be printed")?;
    println!("{effective}");
    println!("# {} can be used.", arguments.config.display());
    Ok(())
}
