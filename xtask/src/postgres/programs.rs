//! The server's programs. Distributions keep them off PATH, one folder for each version.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::apt;
use crate::command::Program;
use crate::setup::{is_program, on_path};
use crate::steps::Steps;

/// The oldest version that is still supported and tested with.
const OLDEST: u32 = 15;

/// Where Debian and its relatives keep a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

const NEEDED: [&str; 3] = ["initdb", "postgres", "pg_isready"];

/// A folder with the programs of one version.
#[derive(Debug)]
pub(crate) struct Programs {
    /// The folder.
    pub(crate) bin: PathBuf,
    /// The major version, for example 17.
    pub(crate) version: u32,
}

/// Finds the programs, or installs them.
pub(crate) fn ensure(steps: &mut Steps) -> Result<Programs> {
    if let Some(found) = find() {
        let label = format!("PostgreSQL {}", found.version);
        steps.found(&label, &format!("found at {}", found.bin.display()));
        return Ok(found);
    }
    let need = format!("PostgreSQL {OLDEST} or newer (initdb, postgres, pg_isready)");
    steps.quiet("Installing PostgreSQL", || {
        apt::install(&["postgresql"], &need)
    })?;
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "the distribution's PostgreSQL is older than {OLDEST}: install a newer one \
             (https://www.postgresql.org/download/), put its programs on PATH, then again"
        ),
    }
}

fn find() -> Option<Programs> {
    let named = on_path("pg_config")
        .and_then(|program| Program::new(program).args(["--bindir"]).read().ok())
        .map(PathBuf::from);
    let of_debian = newest_first(subfolders(Path::new(DEBIAN)));
    named
        .into_iter()
        .chain(of_debian.into_iter().map(|folder| folder.join("bin")))
        .chain(folder_on_path())
        .find_map(look_into)
}

/// The folder that `postgres` on PATH really lies in: its companions may have no link.
fn folder_on_path() -> Option<PathBuf> {
    let program = fs::canonicalize(on_path("postgres")?).ok()?;
    program.parent().map(Path::to_owned)
}

fn look_into(bin: PathBuf) -> Option<Programs> {
    if !NEEDED.iter().all(|name| is_program(&bin.join(name))) {
        return None;
    }
    let said = Program::new(bin.join("postgres"))
        .args(["--version"])
        .read()
        .ok()?;
    let version = major(&said).filter(|version| *version >= OLDEST)?;
    Some(Programs { bin, version })
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect()
}

/// Sorts folders whose names are versions; others are left out.
fn newest_first(folders: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = folders
        .into_iter()
        .filter_map(|folder| Some((folder.file_name()?.to_str()?.parse().ok()?, folder)))
        .collect();
    versions.sort_by(|one, other| other.cmp(one));
    versions.into_iter().map(|(_, folder)| folder).collect()
}

/// The major version in `postgres (PostgreSQL) 15.14 (Debian …)` or `… 18beta1`.
fn major(said: &str) -> Option<u32> {
    let version = said.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = version.split(|letter: char| !letter.is_ascii_digit());
    digits.into_iter().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{major, newest_first};

    #[test]
    fn reads_the_major_version() {
        for (said, version) in [
            (
                "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)",
                Some(15),
            ),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("postgres (PostgreSQL) 9.6.24", Some(9)),
            ("postgres (PostgreSQL)", None),
            ("mysqld 8.0", None),
        ] {
            assert_eq!(major(said), version, "{said}");
        }
    }

    #[test]
    fn the_newest_version_comes_first_and_other_folders_are_left_out() {
        let folders = ["9", "15", "common", "17", "9.6"].map(PathBuf::from);
        assert_eq!(
            newest_first(folders.to_vec()),
            ["17", "15", "9"].map(PathBuf::from)
        );
    }
}
