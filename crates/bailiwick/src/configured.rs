//! Which server a command is about: the flags that `serve` and `admin` share.

use std::path::PathBuf;

use anyhow::Result;
use bailiwick_server::Config;
use clap::Args;

/// A configuration file, or what `--dev` stands for.
#[derive(Debug, Args)]
pub(crate) struct Configured {
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
    pub(crate) dev: bool,
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
}

impl Configured {
    /// Reads and checks it.
    pub(crate) fn load(&self) -> Result<Config> {
        Ok(match &self.config {
            Some(path) => Config::from_file(path)?,
            None => Config::development(&self.data, self.port, self.provider_port)?,
        })
    }
}
