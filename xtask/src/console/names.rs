//! Gives files names that hold the hash of their content, so that browsers and
//! proxies may keep them for ever.
//!
//! Trunk names the module and its loader by the hash of what the compiler left, before
//! wasm-bindgen and wasm-opt: another version of these would change a file and not its
//! name. And it copies boot.js under its plain name.

use anyhow::{Context as _, Result, bail};

use super::embed::{Files, short_hash};
use super::page::Page;
use super::split;

/// Renames boot.js, the module and its loader, here and in the page.
pub(super) fn hash_all(page: &mut Page, files: &mut Files) -> Result<()> {
    rename(page, files, "boot.js", "boot", ".js")?;
    let module = the_one(files, "_bg.wasm")?;
    let loader = module.replace("_bg.wasm", ".js");
    let renamed = rename(page, files, &module, "console", ".wasm")?;
    // The loader names the module too, as a default; so it is hashed after the change.
    let text = files
        .remove(&loader)
        .with_context(|| format!("trunk left no {loader}"))?;
    let text = String::from_utf8(text).with_context(|| format!("{loader} is not UTF-8"))?;
    let text = split::hash_names(files, text.replace(&module, &renamed))?;
    files.insert(loader.clone(), text.into_bytes());
    rename(page, files, &loader, "console", ".js").map(drop)
}

fn rename(
    page: &mut Page,
    files: &mut Files,
    old: &str,
    stem: &str,
    ending: &str,
) -> Result<String> {
    let bytes = files
        .remove(old)
        .with_context(|| format!("trunk left no {old}"))?;
    let new = format!("{stem}-{}{ending}", short_hash(&bytes));
    page.rename(old, &new)?;
    files.insert(new.clone(), bytes);
    Ok(new)
}

fn the_one(files: &Files, ending: &str) -> Result<String> {
    let mut found = files.keys().filter(|name| name.ends_with(ending));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.clone()),
        _ => bail!("trunk left not exactly one *{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::embed::{Files, short_hash};
    use super::super::page::Page;
    use super::hash_all;

    fn files(module: &str) -> Files {
        [
            ("boot.js", "boot"),
            ("c-1.js", "new URL('c-1_bg.wasm')"),
            ("c-1_bg.wasm", module),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
    }

    fn page() -> Page {
        Page::new("<script src=/boot.js data-js=/c-1.js data-wasm=/c-1_bg.wasm>".to_owned())
    }

    #[test]
    fn every_name_holds_its_content() {
        let (mut page, mut files) = (page(), files("module"));
        hash_all(&mut page, &mut files).unwrap();
        let html = page.into_html();
        assert_eq!(files.len(), 3);
        for (name, bytes) in &files {
            assert!(name.contains(&short_hash(bytes)), "{name}");
            assert!(html.contains(&format!("=/{name}")), "{name} in {html}");
        }
    }

    #[test]
    fn another_module_gives_the_loader_another_name() {
        let loader = |module: &str| {
            let mut files = files(module);
            hash_all(&mut page(), &mut files).unwrap();
            files
                .into_keys()
                .find(|name| name.starts_with("console-") && name.ends_with(".js"))
        };
        assert_ne!(loader("one"), loader("two"));
    }
}
