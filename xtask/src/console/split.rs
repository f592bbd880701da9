//! Cuts the parts of the console that arrive later (docs/decisions/0011) out of its module.
//!
//! It has to happen between the linker and wasm-bindgen, which trunk calls one after the other. So
//! trunk finds a `wasm-bindgen` of ours, which splits first.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::embed::{Files, short_hash};
use super::page::Page;
use crate::command::Program;
use crate::setup::Tools;
use crate::workspace::Workspace;

/// The script that fetches the parts, as wasm-split-cli calls it.
const FETCHER: &str = "__wasm_split.js";

/// What a `wasm-bindgen` is that splits first.
pub(super) fn script(workspace: &Workspace, tools: &Tools) -> Result<String> {
    let folder = folder(workspace);
    let path = tools.path()?;
    Ok(format!(
        "#!/bin/sh
export PATH='{path}'
module=
for argument do
    shift
    case $argument in *.wasm) module=$argument argument='{folder}/console.wasm' ;; esac
    set -- \"$@\" \"$argument\"
done
if [ -n \"$module\" ]; then
    rm -rf '{folder}' && mkdir -p '{folder}' || exit
    wasm-split-cli \"$module\" '{folder}' --out-name console --target web || exit
    set -- --keep-lld-exports \"$@\"
fi
exec wasm-bindgen \"$@\"
",
        path = path.display(),
        folder = folder.display(),
    ))
}

/// Puts the parts beside the module that trunk left, as small as it, and makes one script of the
/// module's loader and what fetches the parts.
pub(super) fn add_parts(dist: &Path, workspace: &Workspace, tools: &Tools) -> Result<()> {
    let html = fs::read_to_string(workspace.root().join("index.html"))?;
    let options = wasm_opt_options(&Page::new(html))?;
    let (mut loader, mut parts) = (None, Vec::new());
    for file in super::files_below(dist)? {
        let name = super::relative(&file, dist)?;
        if let Some(stem) = name.strip_suffix("_bg.wasm") {
            loader = Some(format!("{stem}.js"));
        }
    }
    let loader = loader.context("trunk left no module")?;
    for file in super::files_below(&folder(workspace))? {
        let name = super::relative(&file, &folder(workspace))?;
        if name.ends_with(".wasm") && name != "console.wasm" {
            parts.push((file, dist.join(name)));
        }
    }
    for (from, to) in parts {
        Program::new("wasm-opt")
            .args(options.iter().map(String::as_str))
            .args(["-o".as_ref(), to.as_os_str(), from.as_os_str()])
            .env("PATH", tools.path()?)
            .quiet()?;
    }
    let fetcher = fs::read_to_string(folder(workspace).join(FETCHER))
        .context("wasm-split-cli left no script: does nothing bear `wasm_split` any more?")?;
    let fetcher = fetcher.replace("./console.js", &format!("./{loader}"));
    fs::write(dist.join(FETCHER), fetcher)?;
    Program::new("esbuild")
        .args(["--bundle", "--format=esm", "--allow-overwrite"])
        // wasm-bindgen names the fetching script once for each function that it imports from it.
        .args([
            "--log-override:duplicate-object-key=silent",
            "--log-level=warning",
        ])
        .args([format!("--outfile={loader}"), loader.clone()])
        .env("PATH", tools.path()?)
        .folder(dist)
        .quiet()?;
    fs::remove_file(dist.join(FETCHER)).map_err(Into::into)
}

/// Gives the parts names that hold their hash, here and in the script that fetches them.
pub(super) fn hash_names(files: &mut Files, script: String) -> Result<String> {
    let mut script = script;
    let parts: Vec<String> = files
        .keys()
        .filter(|name| name.ends_with(".wasm") && script.contains(&format!("\"./{name}\"")))
        .cloned()
        .collect();
    for old in parts {
        let bytes = files
            .remove(&old)
            .context("a part that was there is gone")?;
        let stem = old.trim_start_matches("split_").trim_end_matches(".wasm");
        let new = format!("{stem}-{}.wasm", short_hash(&bytes)).replace('_', "-");
        script = script.replace(&format!("\"./{old}\""), &format!("\"./{new}\""));
        files.insert(new, bytes);
    }
    Ok(script)
}

/// What index.html tells trunk to call wasm-opt with.
fn wasm_opt_options(page: &Page) -> Result<Vec<String>> {
    let links = page.links("rust");
    let options = links
        .first()
        .and_then(|tag| tag.attribute("data-wasm-opt-params"))
        .context("index.html has no data-wasm-opt-params")?;
    Ok(options.split_whitespace().map(str::to_owned).collect())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.console().join("split")
}

#[cfg(test)]
mod tests {
    use super::super::embed::{Files, short_hash};
    use super::super::page::Page;
    use super::{hash_names, wasm_opt_options};

    #[test]
    fn a_part_gets_the_hash_of_its_content_and_the_script_asks_for_that_name() {
        let mut files: Files = [("split_access.wasm", "a"), ("c_bg.wasm", "main")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into();
        let script = r#"fetch(new URL("./split_access.wasm",import.meta.url))"#.to_owned();
        let script = hash_names(&mut files, script).unwrap();
        let name = format!("access-{}.wasm", short_hash(b"a"));
        assert!(files.contains_key(&name));
        assert!(files.contains_key("c_bg.wasm"));
        assert_eq!(
            script,
            format!(r#"fetch(new URL("./{name}",import.meta.url))"#)
        );
    }

    #[test]
    fn the_parts_are_made_as_small_as_the_module() {
        let page = r#"<link rel="rust" data-wasm-opt-params="--flatten -Oz">"#;
        let options = wasm_opt_options(&Page::new(page.to_owned())).unwrap();
        assert_eq!(options, ["--flatten", "-Oz"]);
        assert!(wasm_opt_options(&Page::new(String::new())).is_err());
    }
}
