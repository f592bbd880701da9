//! Ids that carry their ancestry. A [`Uidp`] is a path: the organization's 40 hex digits, then 16
//! for each step down. Whether one thing is below another is read off the two ids alone.

use std::fmt;
use std::str::FromStr;

use crate::limits::GROUP_DEPTH_MAX;
use crate::serde_text::serde_as_text;

const ROOT_LEN: usize = 40;
const STEP_LEN: usize = 16;

/// The id of anything in the tree: `^[0-9a-f]{40}(?:/[0-9a-f]{16})*$`, at most
/// [`MAX_DEPTH`](Uidp::MAX_DEPTH) segments. A group has at most
/// [`GROUP_DEPTH_MAX`](crate::limits::GROUP_DEPTH_MAX), so that what the deepest one owns still
/// has an id.
///
/// The order is byte order. In it everything below an id stands directly after it, and
/// [`below_bounds`](Uidp::below_bounds) gives that range to an index.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uidp(Box<str>);

/// Why a text is not a [`Uidp`], or why an id has no child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UidpError {
    /// The part before the first slash is not 40 lower-case hex digits.
    #[error("an id begins with 40 digits of 0-9 and a-f; copy it again, whole")]
    Root,
    /// A later part is not 16 lower-case hex digits; `at` counts the segments from 0.
    #[error("part {n} of this id is not 16 digits of 0-9 and a-f; copy it again, whole", n = at + 1)]
    Segment {
        /// Which segment it is, counted from 0.
        at: usize,
    },
    /// There would be more than [`Uidp::MAX_DEPTH`] segments.
    #[error("folders nest at most {max} deep; make it further up", max = GROUP_DEPTH_MAX)]
    TooDeep,
}

impl Uidp {
    /// How many segments an id has at most.
    pub const MAX_DEPTH: usize = GROUP_DEPTH_MAX + 1;

    /// The id of a thing at the root: an organization, a person, a built-in role.
    pub fn root(bytes: [u8; 20]) -> Self {
        let mut text = String::with_capacity(ROOT_LEN);
        push_hex(&mut text, &bytes);
        Self(text.into())
    }

    /// The id one step below this one. Fails with [`UidpError::TooDeep`] at the depth limit.
    pub fn child(&self, bytes: [u8; 8]) -> Result<Self, UidpError> {
        if self.depth() >= Self::MAX_DEPTH {
            return Err(UidpError::TooDeep);
        }
        let mut text = String::with_capacity(self.0.len() + 1 + STEP_LEN);
        text.push_str(&self.0);
        text.push('/');
        push_hex(&mut text, &bytes);
        Ok(Self(text.into()))
    }

    /// The id as text, as it stands on the wire and in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number of segments: 1 for a root.
    pub fn depth(&self) -> usize {
        1 + (self.0.len() - ROOT_LEN) / (1 + STEP_LEN)
    }

    /// Whether nothing is above this id.
    pub fn is_root(&self) -> bool {
        self.0.len() == ROOT_LEN
    }

    /// The id directly above, or `None` for a root.
    pub fn parent(&self) -> Option<Uidp> {
        self.ancestors().next()
    }

    /// The topmost id of this one's tree: the id itself for a root.
    pub fn organization(&self) -> Uidp {
        Self(self.0[..ROOT_LEN].into())
    }

    /// Everything above this id, nearest first, without the id itself.
    pub fn ancestors(&self) -> impl Iterator<Item = Uidp> + '_ {
        (1..self.depth()).rev().map(|depth| {
            let len = ROOT_LEN + (depth - 1) * (1 + STEP_LEN);
            Self(self.0[..len].into())
        })
    }

    /// Whether `other` is this id or below it: what is granted here holds there.
    #[inline]
    pub fn reaches(&self, other: &Uidp) -> bool {
        // INVARIANT: all ids break into segments at the same offsets, so an id that is a byte
        // prefix of another ends there at a slash or at the end.
        other.0.as_bytes().starts_with(self.0.as_bytes())
    }

    /// Whether this id is strictly below `other`.
    pub fn is_below(&self, other: &Uidp) -> bool {
        self != other && other.reaches(self)
    }

    /// The half-open range, in byte order, of the ids strictly below this one: `uid >= .0 AND
    /// uid < .1`. (`0` is the byte after `/`.)
    pub fn below_bounds(&self) -> (String, String) {
        (format!("{}/", self.0), format!("{}0", self.0))
    }
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// Whether `text` is `len` lower-case hex digits.
pub(crate) fn is_hex(text: &str, len: usize) -> bool {
    text.len() == len
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl FromStr for Uidp {
    type Err = UidpError;

    fn from_str(text: &str) -> Result<Self, UidpError> {
        for (at, segment) in text.split('/').enumerate() {
            if at == 0 && !is_hex(segment, ROOT_LEN) {
                return Err(UidpError::Root);
            }
            if at == Self::MAX_DEPTH {
                return Err(UidpError::TooDeep);
            }
            if at > 0 && !is_hex(segment, STEP_LEN) {
                return Err(UidpError::Segment { at });
            }
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Uidp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Uidp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uidp({})", self.0)
    }
}

impl AsRef<str> for Uidp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

serde_as_text!(Uidp);
