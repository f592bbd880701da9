//! What is made of the command line itself: completion scripts and manual pages.

use std::fs;
use std::io;
use std::path::Path;

use clap::ValueEnum;

use crate::failure::Failure;

/// A shell that can complete.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Shell {
    /// GNU Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// fish.
    Fish,
}

/// The script that a shell loads.
pub(crate) fn completion(shell: Shell, mut whole: clap::Command) -> String {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut whole, "bailiwick", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Writes `bailiwick.1`, `bailiwick-auth.1` and so on.
pub(crate) fn manual(folder: &Path, whole: clap::Command) -> Result<String, Failure> {
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        clap_mangen::generate_to(whole, folder)
    };
    match write() {
        Ok(()) => Ok(String::new()),
        Err(error) => Err(Failure::refused(format!(
            "The manual cannot be written to {}: {error}.",
            folder.display()
        ))),
    }
}
