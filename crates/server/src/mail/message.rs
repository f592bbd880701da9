//! One mail, by the builder's types: nothing that anyone typed can become a header.

use std::error::Error;

use bailiwick_domain::{EmailAddress, MailboxKey};
use bailiwick_store::InviteRow;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use url::Url;

use super::words::Words;

/// The mail that takes `code` to the address of an invite; `None` when there is no address, none that
/// mail can go to, or no role any more.
pub(super) fn of(
    invite: &InviteRow,
    code: &str,
    from: &Mailbox,
    base_url: &Url,
) -> Option<Message> {
    let to: Mailbox = recipient(invite.email.as_deref()?)?.parse().ok()?;
    let words = Words::of(invite, code, base_url)?;
    let host = base_url.host_str()?;
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(words.subject)
        // The same at every try, so that a mail that comes twice can be known as one.
        .message_id(Some(format!("<{}@{host}>", invite.key_id)))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(words.text, words.html))
        .ok()
}

/// The address with its domain as the DNS knows it.
pub(super) fn recipient(address: &str) -> Option<String> {
    let address: EmailAddress = address.parse().ok()?;
    let key = MailboxKey::of(&address).ok()?;
    let (name, _) = address.as_str().rsplit_once('@')?;
    let (_, domain) = key.as_str().rsplit_once('@')?;
    Some(format!("{name}@{domain}"))
}

/// RFC 3834 §5: no person wrote this, and no machine should answer.
#[derive(Debug, Clone)]
pub(super) struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
