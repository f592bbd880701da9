//! The browser that the browser tests drive.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Result, bail};

use super::{is_program, on_path};
use crate::apt;
use crate::steps::Steps;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// On a Mac the program is not on PATH.
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Finds Chromium, or installs it.
pub(super) fn ensure_chromium(steps: &mut Steps) -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        if !is_program(&named) {
            bail!("CHROMIUM={} is no program", named.display());
        }
        steps.found("Chromium", "named by CHROMIUM");
        return Ok(named);
    }
    if let Some(found) = find() {
        steps.found("Chromium", &format!("found at {}", found.display()));
        return Ok(found);
    }
    steps.quiet("Installing Chromium", || {
        apt::install(&[debian_name()], "Chromium")
    })?;
    match find() {
        Some(found) => Ok(found),
        None => bail!("Chromium was installed but is not on PATH: set CHROMIUM to its path"),
    }
}

fn find() -> Option<PathBuf> {
    NAMES
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|path| is_program(path)))
}

/// Ubuntu's package has another name than Debian's.
fn debian_name() -> &'static str {
    let ubuntu = fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"));
    if ubuntu {
        "chromium-browser"
    } else {
        "chromium"
    }
}
