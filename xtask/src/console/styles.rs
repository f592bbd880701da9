//! Joins the style sheets into one file. People write many small sheets; a browser
//! should ask once.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::embed::{Files, short_hash};
use super::page::Page;
use super::{files_below, relative};

/// Replaces the sheets that the page links by one, in the order of the links.
pub(super) fn join(page: &mut Page, files: &mut Files) -> Result<()> {
    let links = page.links("stylesheet");
    let mut joined = Vec::new();
    for link in &links {
        let href = link.attribute("href").unwrap_or_default();
        let name = href.trim_start_matches('/');
        let sheet = files
            .remove(name)
            .with_context(|| format!("index.html links {href}, which trunk did not leave"))?;
        let text = String::from_utf8(sheet).with_context(|| format!("{name} is not UTF-8"))?;
        refuse_what_cannot_be_joined(name, &text)?;
        joined.extend_from_slice(text.trim_end().as_bytes());
        joined.push(b'\n');
    }
    if let Some(left) = files.keys().find(|name| name.ends_with(".css")) {
        bail!("{left} was built but is not linked");
    }
    let name = format!("app-{}.css", short_hash(&joined));
    page.replace(
        &links,
        &format!(r#"<link rel="stylesheet" href="/{name}">"#),
    );
    files.insert(name, joined);
    Ok(())
}

/// The sheets of a folder that the source page does not link.
pub(super) fn unlinked(page: &Page, folder: &Path) -> Result<Vec<String>> {
    let links = page.links("css");
    let linked: Vec<&str> = links
        .iter()
        .filter_map(|tag| tag.attribute("href"))
        .collect();
    let root = folder.parent().unwrap_or(folder);
    let mut missing = Vec::new();
    for file in files_below(folder)? {
        let name = relative(&file, root)?;
        if name.ends_with(".css") && !linked.contains(&name.as_str()) {
            missing.push(name);
        }
    }
    Ok(missing)
}

/// Both only mean something at the start of a file of their own.
fn refuse_what_cannot_be_joined(name: &str, text: &str) -> Result<()> {
    for word in ["@import", "@charset"] {
        if text.contains(word) {
            bail!("{name} uses {word}, which does nothing in the middle of the joined sheet");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::embed::Files;
    use super::super::page::Page;
    use super::join;

    fn files(sheets: &[(&str, &str)]) -> Files {
        sheets
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn page(hrefs: &[&str]) -> Page {
        let links: Vec<_> = hrefs
            .iter()
            .map(|href| format!(r#"<link rel="stylesheet" href="{href}">"#))
            .collect();
        Page::new(links.concat())
    }

    #[test]
    fn joins_in_the_order_of_the_links() {
        let mut files = files(&[("a-1.css", "a{}"), ("b-2.css", "@layer x;\n")]);
        let mut page = page(&["/b-2.css", "/a-1.css"]);
        join(&mut page, &mut files).unwrap();
        let (name, text) = files.iter().next().unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(text, b"@layer x;\na{}\n");
        assert_eq!(
            page.into_html(),
            format!(r#"<link rel="stylesheet" href="/{name}">"#)
        );
    }

    #[test]
    fn a_sheet_too_few_too_many_or_with_an_import_fails() {
        assert!(join(&mut page(&["/a.css"]), &mut files(&[])).is_err());
        assert!(join(&mut page(&[]), &mut files(&[("a.css", "")])).is_err());
        let mut importing = files(&[("a.css", "@import 'b.css';")]);
        assert!(join(&mut page(&["/a.css"]), &mut importing).is_err());
    }
}
