//! `ETag` and `If-Match` (RFC 9110 §8.8.3 and §13.1.1).

use axum::response::Response;
use bailiwick_store::IfMatch;
use http::{HeaderMap, HeaderValue, header};

use crate::error::Error;

/// Adds the header that says in which state the thing is.
pub(crate) fn tagged(mut response: Response, etag: &str) -> Response {
    if let Ok(value) = HeaderValue::try_from(format!("\"{etag}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// Reads for which states a write is meant: without the header for any.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<IfMatch, Error> {
    let mut tags = Vec::new();
    let mut lines = headers.get_all(header::IF_MATCH).iter().peekable();
    if lines.peek().is_none() {
        return Ok(IfMatch::Unconditional);
    }
    for line in lines {
        let text = line.to_str().map_err(|_| malformed())?.trim();
        if text == "*" {
            return Ok(IfMatch::Present);
        }
        for tag in text.split(',') {
            tags.push(strong(tag.trim()).ok_or_else(malformed)?.to_owned());
        }
    }
    Ok(IfMatch::OneOf(tags))
}

/// What stands between the quotation marks. None of our tags has a comma or a mark in it.
fn strong(tag: &str) -> Option<&str> {
    let inside = tag.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.is_empty() && !inside.contains('"')).then_some(inside)
}

fn malformed() -> Error {
    Error::invalid(
        "If-Match",
        "must be * or etags in quotation marks, with commas between; none that begins with W/",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Option<IfMatch> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_MATCH, HeaderValue::from_str(line).unwrap());
        }
        if_match(&headers).ok()
    }

    #[test]
    fn a_star_and_lists_of_strong_tags_are_read() {
        let tags = |tags: &[&str]| {
            Some(IfMatch::OneOf(
                tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ))
        };
        assert_eq!(read(&[]), Some(IfMatch::Unconditional));
        assert_eq!(read(&["*"]), Some(IfMatch::Present));
        assert_eq!(read(&[r#""a""#]), tags(&["a"]));
        assert_eq!(read(&[r#""a", "b""#, r#""c""#]), tags(&["a", "b", "c"]));
    }

    #[test]
    fn weak_and_malformed_tags_are_refused() {
        for line in [
            "",
            "a",
            r#"W/"a""#,
            r#""a"#,
            r#""""#,
            r#""a" "b""#,
            r#""a","#,
        ] {
            assert_eq!(read(&[line]), None, "{line}");
        }
    }
}
