//! When two e-mail addresses are the same mailbox.
//!
//! An invite lets the wrong one in if too much is equal, so nothing is that need not be: the domain
//! is compared in its A-label form (UTS-46), ASCII letters without regard to case, and all else
//! exactly. Dots and plus signs count.

use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use crate::{EmailAddress, EmailError};

/// The text that all spellings of one mailbox share. For comparing, keys and indexes; mail goes to
/// the address as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailboxKey(String);

impl MailboxKey {
    /// The key of an address.
    ///
    /// # Errors
    /// [`EmailError::Domain`] for a domain that no registry could hold, and [`EmailError::Letter`]
    /// for a letter before the `@` that stands for another one (a Kelvin sign, which is no K) or
    /// cannot be seen.
    pub fn of(address: &EmailAddress) -> Result<Self, EmailError> {
        let text = address.as_str();
        let (name, domain) = text.rsplit_once('@').ok_or(EmailError::NoAt)?;
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| EmailError::Domain)?;
        if let Some(at) = name.chars().position(|letter| !stands_for_itself(letter)) {
            return Err(EmailError::Letter { at });
        }
        let name: String = name.nfc().collect();
        let name = match name.is_ascii() {
            true => name.to_ascii_lowercase(),
            false => name,
        };
        Ok(Self(format!("{name}@{domain}")))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address that mail can go to, and what it is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    address: EmailAddress,
    key: MailboxKey,
}

impl Mailbox {
    /// The address, as it was typed.
    pub fn address(&self) -> &EmailAddress {
        &self.address
    }

    /// What all its spellings share.
    pub fn key(&self) -> &MailboxKey {
        &self.key
    }
}

impl FromStr for Mailbox {
    type Err = EmailError;

    /// Reads an address without space around it: what is compared must be what was sent.
    fn from_str(text: &str) -> Result<Self, EmailError> {
        let address: EmailAddress = text.parse()?;
        if address.as_str() != text {
            let found = |letter: char| letter.is_whitespace().then_some(letter);
            let first = text.chars().next().and_then(found);
            let at = match first {
                Some(_) => 0,
                None => address.as_str().chars().count(),
            };
            let found = text.chars().nth(at).unwrap_or(' ');
            return Err(EmailError::Character { found, at });
        }
        let key = MailboxKey::of(&address)?;
        Ok(Self { address, key })
    }
}

/// Not another way to write something else, and not invisible.
fn stands_for_itself(letter: char) -> bool {
    if matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    ) {
        return false;
    }
    let mut normal = std::iter::once(letter).nfc();
    normal.next() == Some(letter) && normal.next().is_none()
}
