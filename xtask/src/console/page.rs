//! Reads and rewrites the tags of our own index.html. It is no HTML parser: it
//! knows tags, attributes and comments, which is all that our page and trunk's
//! minified copy of it hold in the places that matter.

use std::ops::Range;

use anyhow::{Result, bail};

/// The page's text.
#[derive(Debug)]
pub(super) struct Page {
    html: String,
}

/// A start tag in the page.
#[derive(Debug)]
pub(super) struct Tag {
    /// Where it stands, from `<` to `>`.
    place: Range<usize>,
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// A page from its text.
    pub(super) fn new(html: String) -> Self {
        Self { html }
    }

    /// The text.
    pub(super) fn into_html(self) -> String {
        self.html
    }

    /// The links whose `rel` is the given one, in their order.
    pub(super) fn links(&self, rel: &str) -> Vec<Tag> {
        self.tags()
            .into_iter()
            .filter(|tag| tag.name == "link" && tag.attribute("rel") == Some(rel))
            .collect()
    }

    /// Puts one tag where the first of `old` stands and removes them all.
    pub(super) fn replace(&mut self, old: &[Tag], new: &str) {
        for (position, tag) in old.iter().enumerate().rev() {
            let text = if position == 0 { new } else { "" };
            self.html.replace_range(tag.place.clone(), text);
        }
    }

    /// Changes a file's name wherever it stands. Names of built files are long enough
    /// to mean nothing else.
    pub(super) fn rename(&mut self, old: &str, new: &str) -> Result<()> {
        if !self.html.contains(old) {
            bail!("index.html does not name {old}: see pattern_script in Trunk.toml");
        }
        if self.html.contains("integrity=") {
            bail!("index.html names a hash of a file that gets another content: drop `integrity`");
        }
        self.html = self.html.replace(old, new);
        Ok(())
    }

    fn tags(&self) -> Vec<Tag> {
        let mut tags = Vec::new();
        let mut at = 0;
        while let Some(found) = self.html[at..].find('<') {
            let start = at + found;
            let rest = &self.html[start..];
            if rest.starts_with("<!--") {
                at = start + rest.find("-->").map_or(rest.len(), |end| end + 3);
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                let tag = read_tag(&self.html, start);
                at = tag.place.end;
                tags.push(tag);
            } else {
                at = start + 1;
            }
        }
        tags
    }
}

fn read_tag(html: &str, start: usize) -> Tag {
    let mut rest = &html[start + 1..];
    let name = take(&mut rest, |c| {
        !c.is_ascii_whitespace() && c != '>' && c != '/'
    });
    let mut attributes = Vec::new();
    loop {
        take(&mut rest, |c| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let key = take(&mut rest, |c| {
            !c.is_ascii_whitespace() && !matches!(c, '=' | '>' | '/')
        });
        take(&mut rest, |c| c.is_ascii_whitespace());
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_start();
            value = read_value(&mut rest);
        }
        attributes.push((key.to_ascii_lowercase(), value));
    }
    let end = html.len() - rest.len() + usize::from(!rest.is_empty());
    Tag {
        place: start..end,
        name: name.to_ascii_lowercase(),
        attributes,
    }
}

fn read_value(rest: &mut &str) -> String {
    for quote in ['"', '\''] {
        if let Some(after) = rest.strip_prefix(quote) {
            *rest = after;
            let value = take(rest, |c| c != quote);
            *rest = rest.strip_prefix(quote).unwrap_or(rest);
            return value;
        }
    }
    take(rest, |c| !c.is_ascii_whitespace() && c != '>')
}

fn take(rest: &mut &str, belongs: impl Fn(char) -> bool) -> String {
    let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken.to_owned()
}

#[cfg(test)]
mod tests {
    use super::Page;

    const HTML: &str = concat!(
        r#"<!doctype html><!-- <link rel="stylesheet" href="/no.css"> -->"#,
        r#"<link rel=stylesheet href=/a.css><title>a > b</title>"#,
        r#"<link rel="icon" href="data:image/svg+xml,<svg a='>'/>"><link href='/b.css' rel='stylesheet'/>"#,
        r#"<script src="/boot.js" data-js="/x.js"></script>"#,
    );

    #[test]
    fn reads_links_with_and_without_quotes() {
        let page = Page::new(HTML.to_owned());
        let hrefs: Vec<_> = page
            .links("stylesheet")
            .iter()
            .filter_map(|tag| tag.attribute("href").map(str::to_owned))
            .collect();
        assert_eq!(hrefs, ["/a.css", "/b.css"]);
    }

    #[test]
    fn replaces_links_by_one_in_the_first_place() {
        let mut page = Page::new(HTML.to_owned());
        let links = page.links("stylesheet");
        page.replace(&links, "<link new>");
        let html = page.into_html();
        assert!(html.contains("--><link new><title>"), "{html}");
        assert!(html.contains("'/>\"><script"), "{html}");
    }

    #[test]
    fn renames_what_it_names() {
        let mut page = Page::new(HTML.to_owned());
        page.rename("boot.js", "boot-12.js").unwrap();
        assert!(page.rename("other.js", "boot-12.js").is_err());
        let html = page.into_html();
        assert!(html.contains(r#"<script src="/boot-12.js" data-js="/x.js">"#));
    }

    #[test]
    fn a_hash_that_would_no_longer_hold_is_refused() {
        let html = r#"<script src="/boot.js" integrity="sha384-x"></script>"#;
        assert!(
            Page::new(html.to_owned())
                .rename("boot.js", "b.js")
                .is_err()
        );
    }
}
