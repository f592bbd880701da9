//! The code that a person carries from a device to `/activate` (RFC 8628 §6.1).

use std::fmt;

/// The letters of a code: no vowel, so that no word comes out, and no digit to mistake for one.
pub const USER_CODE_ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// How many letters a code has.
pub const USER_CODE_LENGTH: usize = 8;
/// The longest text that is searched for a code, in characters.
pub const USER_CODE_TEXT_MAX: usize = 1_000;

/// The bytes below this fall on every letter equally often.
const FAIR: u8 = 240;

/// Eight letters. Shown as `XXXX-XXXX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserCode([u8; USER_CODE_LENGTH]);

impl UserCode {
    /// A code of random bytes. `None` when too few of them are fair, which of 64 happens once in
    /// more tries than anyone makes.
    pub fn from_random(bytes: &[u8; 64]) -> Option<Self> {
        let mut letters = bytes
            .iter()
            .filter(|byte| **byte < FAIR)
            .map(|byte| USER_CODE_ALPHABET[usize::from(*byte) % USER_CODE_ALPHABET.len()]);
        let mut code = [0; USER_CODE_LENGTH];
        for place in &mut code {
            *place = letters.next()?;
        }
        Some(Self(code))
    }

    /// The one code in what a person typed or pasted: in either case, with spaces and dashes
    /// anywhere, alone or in a sentence. `None` when there is none, or more than one.
    pub fn find(text: &str) -> Option<Self> {
        if text.chars().nth(USER_CODE_TEXT_MAX).is_some() {
            return None;
        }
        let whole: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && !is_dash(*letter))
            .collect();
        Self::exact(&whole).or_else(|| Self::only_one(text))
    }

    /// Exactly eight letters of the alphabet, in either case.
    fn exact(text: &str) -> Option<Self> {
        let letters: [u8; USER_CODE_LENGTH] =
            text.to_ascii_uppercase().into_bytes().try_into().ok()?;
        letters
            .iter()
            .all(|letter| USER_CODE_ALPHABET.contains(letter))
            .then_some(Self(letters))
    }

    fn only_one(text: &str) -> Option<Self> {
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric() && !is_dash(letter))
            .map(|word| word.chars().filter(|letter| !is_dash(*letter)).collect())
            .filter(|word: &String| !word.is_empty())
            .collect();
        let halves = words.windows(2).filter_map(|pair| match pair {
            [one, two] if one.len() == 4 && two.len() == 4 => Self::exact(&format!("{one}{two}")),
            _ => None,
        });
        let mut found = words
            .iter()
            .filter_map(|word| Self::exact(word))
            .chain(halves);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }
}

fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '_' | '\u{00ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

impl fmt::Display for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.iter().enumerate() {
            if at == USER_CODE_LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// Without the code: whoever reads a log must not be able to approve.
impl fmt::Debug for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserCode(…)")
    }
}
