//! Installs packages of the distribution: as root at once, otherwise with sudo
//! and only after asking.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};

use crate::command::Program;
use crate::setup::on_path;

/// Package lists are fetched once per run, not once per package.
static LISTS_FETCHED: AtomicBool = AtomicBool::new(false);

/// Installs packages with apt-get, or says what the person has to install.
/// `need` says what is missing, for systems where the names mean nothing.
pub(crate) fn install(packages: &[&str], need: &str) -> Result<()> {
    let names = packages.join(" ");
    if on_path("apt-get").is_none() {
        bail!("{need} is missing: install it with your system's package manager, then again");
    }
    let by_hand = format!("sudo apt-get install {names}");
    if !am_root()? && !may_use_sudo(&by_hand)? {
        bail!("{need} is missing: run `{by_hand}`, then again");
    }
    if !LISTS_FETCHED.swap(true, Ordering::Relaxed) {
        apt_get(&["update", "-q"])?
            .cure("The package lists could not be fetched: look at /etc/apt/sources.list, then again.")
            .quiet()?;
    }
    apt_get(&["install", "-q", "-y", "--no-install-recommends"])?
        .args(packages)
        .cure(format!(
            "apt-get could not install {names}: run `{by_hand}`, then again."
        ))
        .quiet()
}

/// A program that runs as root, with sudo if need be.
pub(crate) fn as_root(program: &str) -> Result<Program> {
    Ok(if am_root()? {
        Program::new(program)
    } else {
        Program::new("sudo").args([program])
    })
}

/// Asks whether a command may be run with sudo; without a terminal the answer is no.
pub(crate) fn may_use_sudo(command: &str) -> Result<bool> {
    if am_root()? {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() || on_path("sudo").is_none() {
        return Ok(false);
    }
    print!("\n    Run `{command}`? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn apt_get(args: &[&str]) -> Result<Program> {
    // The variable goes through `env`, because sudo drops the environment.
    Ok(as_root("env")?
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .args(args))
}

/// Whether this process may do everything.
pub(crate) fn am_root() -> Result<bool> {
    Ok(Program::new("id").args(["-u"]).read()? == "0")
}
