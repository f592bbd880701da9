//! Builds the console as it is shipped: trunk compiles and hashes, then its output
//! is joined, compressed and listed for the server to embed.

mod embed;
mod inputs;
mod names;
mod page;
mod split;
mod styles;
mod trunk;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

pub(crate) use self::embed::{Manifest, read_manifest};
use self::page::Page;
use crate::command::Program;
use crate::setup::Tools;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// The console's package.
pub(crate) const PACKAGE: &str = "bailiwick-console";

/// The profile that index.html names for a release.
pub(crate) const PROFILE: &str = "wasm-release";

/// Which console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    /// What people get.
    Shipped,
    /// That and `/dev/ui`, where every component is seen in every state.
    Development,
}

impl Edition {
    /// The folder of its finished files, which the server embeds.
    pub(crate) fn embed(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Shipped => workspace.embed(),
            Self::Development => self.folder(workspace).join("embed"),
        }
    }

    /// Where its build leaves its files.
    fn folder(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Shipped => workspace.console(),
            Self::Development => workspace.console().join("development"),
        }
    }

    /// What cargo is told of the features of the console's package.
    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Shipped => &[],
            Self::Development => &["--features", "dev-ui"],
        }
    }
}

/// Builds the folder that [`Edition::embed`] names, unless nothing changed since it was built.
pub(crate) fn build(
    edition: Edition,
    workspace: &Workspace,
    tools: &Tools,
    steps: &mut Steps,
) -> Result<()> {
    check_style_sheets(workspace)?;
    let label = match edition {
        Edition::Shipped => "console",
        Edition::Development => "console for development",
    };
    let stamp_file = edition.folder(workspace).join("stamp");
    let stamp = inputs::stamp(workspace.root(), tools)?;
    let built = fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp);
    if built && read_manifest(&edition.embed(workspace)).is_ok() {
        steps.found(&format!("The {label}"), "unchanged");
        return Ok(());
    }
    // Until the end there is no stamp, so an interrupted build is made again.
    if stamp_file.exists() {
        fs::remove_file(&stamp_file)?;
    }
    // Trunk is told to stay offline, so that it uses the tools it is given; cargo
    // obeys that as well.
    steps.quiet("Fetching the crates", || {
        workspace
            .cargo()
            .args(["fetch"])
            .cure("See that cargo reaches its registry, then again.")
            .quiet()
    })?;
    let dist = edition.folder(workspace).join("dist");
    steps.loud(
        &format!("Building the {label} (3.5 min the first time)"),
        || trunk::build(edition, &dist, workspace, tools),
    )?;
    steps.quiet("Compressing the console's files", || {
        split::add_parts(&dist, workspace, tools)?;
        minify(&dist, tools)?;
        finish(&dist, &edition.embed(workspace))
    })?;
    fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))
}

/// Takes the comments and long names out of the scripts.
fn minify(dist: &Path, tools: &Tools) -> Result<()> {
    let scripts = files_below(dist)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "js"));
    Program::new("esbuild")
        .args(["--minify", "--legal-comments=none", "--log-level=warning"])
        .args([
            "--allow-overwrite".into(),
            ["--outdir=", &dist.to_string_lossy()].concat(),
        ])
        .args(scripts)
        .env("PATH", tools.path()?)
        .quiet()
}

/// Every style sheet must be linked, or it would silently not be shipped.
fn check_style_sheets(workspace: &Workspace) -> Result<()> {
    let root = workspace.root();
    let html = fs::read_to_string(root.join("index.html")).context("cannot read index.html")?;
    let missing = styles::unlinked(&Page::new(html), &root.join("style"))?;
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "index.html does not link {}: add `<link data-trunk rel=\"css\" href=\"…\">` where the \
         sheet belongs in the order",
        missing.join(", ")
    )
}

/// Turns trunk's output into what the server embeds.
fn finish(dist: &Path, embed: &Path) -> Result<()> {
    let mut files = embed::collect(dist)?;
    let index = files
        .remove("index.html")
        .context("trunk left no index.html")?;
    let mut page = Page::new(String::from_utf8(index).context("index.html is not UTF-8")?);
    styles::join(&mut page, &mut files)?;
    names::hash_all(&mut page, &mut files)?;
    files.insert("index.html".to_owned(), page.into_html().into_bytes());
    embed::write(&files, embed)
}

/// A path with `/` between its parts, relative to `root`.
fn relative(path: &Path, root: &Path) -> Result<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(root)?
        .iter()
        .map(|part| part.to_str())
        .collect();
    Ok(parts
        .with_context(|| format!("{} is not UTF-8", path.display()))?
        .join("/"))
}

/// All files below a folder, sorted, so that nothing depends on the file system.
fn files_below(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
