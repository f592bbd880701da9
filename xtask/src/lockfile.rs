//! Reads versions out of Cargo.lock.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// The version of a package in a Cargo.lock file. Fails if the file holds it not
/// at all or in two versions, since then "the version" means nothing.
pub(crate) fn locked_version(lock_file: &Path, package: &str) -> Result<String> {
    let text = fs::read_to_string(lock_file)
        .with_context(|| format!("cannot read {}", lock_file.display()))?;
    version_in(&text, package)
}

fn version_in(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is no valid TOML")?;
    let versions: Vec<&str> = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .collect();
    match versions[..] {
        [version] => Ok(version.to_owned()),
        [] => bail!("Cargo.lock does not name {package}"),
        _ => bail!("Cargo.lock names {package} {} times", versions.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n\
                        [[package]]\nname = \"sha2\"\nversion = \"0.10.9\"\n\n\
                        [[package]]\nname = \"sha2\"\nversion = \"0.11.1\"\n";

    #[test]
    fn finds_the_one_version() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").unwrap(), "0.2.130");
    }

    #[test]
    fn refuses_none_and_two() {
        assert!(version_in(LOCK, "wasm-bindgen-cli").is_err());
        assert!(version_in(LOCK, "sha2").is_err());
        assert!(version_in("not toml [", "sha2").is_err());
    }
}
