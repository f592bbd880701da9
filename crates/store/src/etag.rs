//! What lets a writer say which state of a thing it means to change (RFC 9110 §8.8.3).

use crate::secret::hash;

/// How many hex digits a tag has: enough that no two states of one thing share it.
const LENGTH: usize = 16;

/// Which state of a thing a write is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum IfMatch {
    /// Whatever it is.
    #[default]
    Unconditional,
    /// Any, but it must be there: `*`.
    Present,
    /// One with one of these tags.
    OneOf(Vec<String>),
}

impl IfMatch {
    /// Whether a thing that has this tag, or is not there, may be written.
    pub(crate) fn allows(&self, etag: Option<&str>) -> bool {
        match (self, etag) {
            (Self::Unconditional, _) | (Self::Present, Some(_)) => true,
            (Self::OneOf(tags), Some(etag)) => tags.iter().any(|tag| tag == etag),
            (_, None) => false,
        }
    }
}

/// The tag of a state: another one for every other content of `parts`.
pub(crate) fn etag(parts: &[&str]) -> String {
    let mut tag = hash(&parts.join("\0"));
    tag.truncate(LENGTH);
    tag
}
