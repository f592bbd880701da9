//! What people call things: the names of groups and the descriptions of anything.

use std::fmt;
use std::str::FromStr;

use crate::limits::{DESCRIPTION_MAX, GROUP_NAME_MAX};
use crate::serde_text::serde_as_text;
use crate::uidp::is_hex;

/// The name of an organization or a folder: 1 to 63 of `a-z`, `0-9`, space, dot, underscore and
/// dash; no space at either end, not only dots, nothing that looks like an id.
///
/// Parsing changes nothing: a text that is not a name is refused with a [`NameError`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupName(Box<str>);

/// Why a text is not a [`GroupName`]. The message tells the person who typed it what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was typed.
    #[error("Type a name.")]
    Empty,
    /// It has more than `max` characters.
    #[error("Make the name shorter: it has {got} characters, and {max} is the most.")]
    TooLong {
        /// The most that is allowed.
        max: usize,
        /// How many it has.
        got: usize,
    },
    /// A character that names do not have; `at` counts characters from 0.
    #[error("{}", CharacterAdvice(*found))]
    Character {
        /// The first such character.
        found: char,
        /// How many characters stand before it.
        at: usize,
    },
    /// It begins or ends with a space.
    #[error("Take away the space at the start or the end.")]
    EdgeSpace,
    /// It has nothing but dots, which means a place in a path.
    #[error("Add a letter or a digit: a name cannot be dots alone.")]
    OnlyDots,
    /// It is 16 or 40 hex digits, as a part of an id is.
    #[error("Choose another name: this one looks like an id.")]
    LooksLikeId,
}

impl GroupName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a name field holds after `typed`: the same text with `A-Z` made small. Nothing else
    /// is changed, so the result may still be no name.
    pub fn suggest(typed: &str) -> String {
        typed.to_ascii_lowercase()
    }
}

impl FromStr for GroupName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if let Some((at, found)) = first_other(text, is_name_character) {
            return Err(NameError::Character { found, at });
        }
        if text.starts_with(' ') || text.ends_with(' ') {
            return Err(NameError::EdgeSpace);
        }
        if text.len() > GROUP_NAME_MAX {
            return Err(NameError::TooLong {
                max: GROUP_NAME_MAX,
                got: text.len(),
            });
        }
        if text.bytes().all(|byte| byte == b'.') {
            return Err(NameError::OnlyDots);
        }
        if is_hex(text, 16) || is_hex(text, 40) {
            return Err(NameError::LooksLikeId);
        }
        Ok(Self(text.into()))
    }
}

fn is_name_character(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | ' ' | '.' | '_' | '-')
}

/// Says a character so that one can find it, and what to do about it.
struct CharacterAdvice(char);

impl fmt::Display for CharacterAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALLOWED: &str = "A name has letters a-z, digits, space, dot, dash and underscore.";
        match self.0 {
            found @ 'A'..='Z' => {
                write!(
                    f,
                    "Write {found} as {}. {ALLOWED}",
                    found.to_ascii_lowercase()
                )
            }
            '\t' => write!(f, "Write a space for the tab. {ALLOWED}"),
            '\n' | '\r' => write!(f, "Write the name on one line. {ALLOWED}"),
            found if is_unprintable(found) || found.is_whitespace() => {
                write!(
                    f,
                    "Take away the invisible character U+{:04X}. {ALLOWED}",
                    u32::from(found)
                )
            }
            found => write!(f, "Take away {found}. {ALLOWED}"),
        }
    }
}

/// A sentence about something: at most 512 characters on one line, without control characters.
/// It may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Description(Box<str>);

/// Why a text is not a [`Description`]. The message tells the person who typed it what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DescriptionError {
    /// It has more than `max` characters.
    #[error("Make the description shorter: it has {got} characters, and {max} is the most.")]
    TooLong {
        /// The most that is allowed.
        max: usize,
        /// How many it has.
        got: usize,
    },
    /// A line break, a tab or another control character; `at` counts characters from 0.
    #[error(
        "Write the description on one line, without tabs: there is a U+{:04X} after {at} characters.",
        u32::from(*found)
    )]
    Character {
        /// The first such character.
        found: char,
        /// How many characters stand before it.
        at: usize,
    },
}

impl Description {
    /// The description as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for Description {
    type Err = DescriptionError;

    fn from_str(text: &str) -> Result<Self, DescriptionError> {
        if let Some((at, found)) = first_other(text, |character| !is_unprintable(character)) {
            return Err(DescriptionError::Character { found, at });
        }
        let got = text.chars().count();
        if got > DESCRIPTION_MAX {
            return Err(DescriptionError::TooLong {
                max: DESCRIPTION_MAX,
                got,
            });
        }
        Ok(Self(text.into()))
    }
}

/// Control characters, and the two that break lines without being one.
fn is_unprintable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// The first character that is not `fine`, and how many stand before it.
fn first_other(text: &str, fine: fn(char) -> bool) -> Option<(usize, char)> {
    text.chars()
        .enumerate()
        .find(|&(_, character)| !fine(character))
}

impl fmt::Display for GroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

serde_as_text!(GroupName, Description);
