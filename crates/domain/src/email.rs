//! E-mail addresses, and when to believe a provider that states one.
//!
//! An address never identifies a person here (see [`identity_uidp`](crate::identity_uidp)). It
//! only lets the right one through an invite that names it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::limits::EMAIL_MAX;
use crate::serde_text::serde_as_text;

/// An e-mail address, kept as it was typed but for space around it. Two are equal, and ordered,
/// by their text with `A-Z` made small.
#[derive(Clone, Debug)]
pub struct EmailAddress(Box<str>);

/// Why a text is not an [`EmailAddress`]. The message tells the person who typed it what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("Type an e-mail address.")]
    Empty,
    /// It has more than `max` bytes.
    #[error("Check the address: it is longer than {max} characters, and none is.")]
    TooLong {
        /// The most that is allowed, in bytes.
        max: usize,
        /// How many bytes it has.
        got: usize,
    },
    /// There is no `@`.
    #[error("Type the whole address, with its @.")]
    NoAt,
    /// There is more than one `@`.
    #[error("Type one address: this has more than one @.")]
    ManyAts,
    /// A space, a control character, or a sign that no domain has; `at` counts characters from 0.
    #[error(
        "Type the address alone: character {n} of it does not belong there.",
        n = at + 1
    )]
    Character {
        /// The first such character.
        found: char,
        /// How many characters stand before it.
        at: usize,
    },
    /// Nothing stands before the `@`.
    #[error("Type what stands before the @.")]
    NoName,
    /// What follows the `@` is no domain with an ending.
    #[error("Type the whole domain after the @, with its ending, such as .com.")]
    Domain,
    /// A letter before the `@` is another way to write another letter; `at` counts characters from
    /// 0.
    #[error(
        "Type the address with plain letters: character {n} of it only looks like one.",
        n = at + 1
    )]
    Letter {
        /// How many characters stand before it.
        at: usize,
    },
}

impl EmailAddress {
    /// The address as it was typed, without space around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text that two equal addresses share: `A-Z` made small. Whether two are one mailbox is for
    /// [`MailboxKey`](crate::MailboxKey) to say.
    pub fn to_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What follows the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }

    fn key_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(typed: &str) -> Result<Self, EmailError> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > EMAIL_MAX {
            return Err(EmailError::TooLong {
                max: EMAIL_MAX,
                got: text.len(),
            });
        }
        let (name, domain) = text.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::ManyAts);
        }
        let mut in_domain = false;
        for (at, found) in text.chars().enumerate() {
            let belongs = if in_domain {
                is_in_domains(found)
            } else {
                is_in_names(found)
            };
            if !belongs {
                return Err(EmailError::Character { found, at });
            }
            in_domain |= found == '@';
        }
        if name.is_empty() {
            return Err(EmailError::NoName);
        }
        if !domain.contains('.') || domain.split('.').any(str::is_empty) {
            return Err(EmailError::Domain);
        }
        Ok(Self(text.into()))
    }
}

fn is_in_names(character: char) -> bool {
    !character.is_whitespace() && !character.is_control()
}

fn is_in_domains(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric() || matches!(character, '.' | '-')
    } else {
        is_in_names(character)
    }
}

/// Which addresses of a provider are believed. It stands in the configuration of each provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailTrust {
    /// Those that the provider says it verified.
    Claim,
    /// Those in one of these domains, compared whole and without regard to case: `example.com`
    /// does not stand for `mail.example.com`.
    Domains(Vec<String>),
    /// None.
    Never,
}

const GOOGLE: &str = "https://accounts.google.com";

/// The address that a sign-in proves, if it proves one.
///
/// `email_verified_is_json_true` is whether the claim was there as JSON `true`; the string
/// `"true"` is not. It counts under [`EmailTrust::Claim`] only: the domains of
/// [`EmailTrust::Domains`] are trusted because many providers send no such claim.
///
/// Google verifies any address once and lets it stand after its mailbox has gone to another. So
/// from Google an address counts only when Google itself runs the mailbox: `gmail.com`, or a
/// Workspace account, which has `hd`.
pub fn vouched_email(
    trust: &EmailTrust,
    issuer: &str,
    email: Option<&str>,
    email_verified_is_json_true: bool,
    hd: Option<&str>,
) -> Option<EmailAddress> {
    let address: EmailAddress = email?.parse().ok()?;
    let in_domain = |domain: &str| address.domain().eq_ignore_ascii_case(domain);
    let is_trusted = match trust {
        EmailTrust::Claim => email_verified_is_json_true,
        EmailTrust::Domains(domains) => domains.iter().any(|domain| in_domain(domain)),
        EmailTrust::Never => false,
    };
    let is_workspace = hd.is_some_and(|domain| !domain.is_empty());
    let is_hosted = issuer != GOOGLE || is_workspace || in_domain("gmail.com");
    (is_trusted && is_hosted).then_some(address)
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key_bytes().cmp(other.key_bytes())
    }
}

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_key().hash(state);
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

serde_as_text!(EmailAddress);
