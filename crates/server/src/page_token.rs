//! Page tokens: where a list goes on, signed, bound to the caller and the question, and of limited
//! life. A client can neither read anything new from one nor make one.

use std::time::Duration;

use aws_lc_rs::hmac;
use bailiwick_domain::Micros;
use bailiwick_store::PageKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// How long a token works.
const LIFE: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const TAG: usize = 32;

/// Makes and reads tokens.
#[derive(Debug)]
pub(crate) struct PageTokens(hmac::Key);

#[derive(Serialize, Deserialize)]
struct Payload {
    value: String,
    uid: String,
    ends: i64,
    skipped: u32,
}

/// Where a list goes on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) key: PageKey,
    pub(crate) skipped: u32,
}

impl PageTokens {
    pub(crate) fn new(secret: &str) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()))
    }

    /// A token for the page after `position`, for exactly this `question`.
    pub(crate) fn seal(&self, position: Position, question: &str, now: Micros) -> String {
        let payload = Payload {
            value: position.key.value,
            uid: position.key.uid,
            ends: now.later(LIFE).0,
            skipped: position.skipped,
        };
        let mut bytes = serde_json::to_vec(&payload).unwrap_or_default();
        let tag = self.tag(&bytes, question);
        bytes.extend_from_slice(tag.as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token that this server made for this question.
    pub(crate) fn open(&self, token: &str, question: &str, now: Micros) -> Result<Position, Error> {
        let wrong = || {
            Error::invalid(
                "pageToken",
                "is not a token of this list: start again without it",
            )
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
        let at = bytes.len().checked_sub(TAG).ok_or_else(wrong)?;
        let (payload, tag) = bytes.split_at(at);
        hmac::verify(&self.0, &message(payload, question), tag).map_err(|_| wrong())?;
        let payload: Payload = serde_json::from_slice(payload).map_err(|_| wrong())?;
        if now >= Micros(payload.ends) {
            return Err(Error::invalid(
                "pageToken",
                "has expired: start again without it",
            ));
        }
        Ok(Position {
            key: PageKey {
                value: payload.value,
                uid: payload.uid,
            },
            skipped: payload.skipped,
        })
    }

    fn tag(&self, payload: &[u8], question: &str) -> hmac::Tag {
        hmac::sign(&self.0, &message(payload, question))
    }
}

fn message(payload: &[u8], question: &str) -> Vec<u8> {
    [payload, &[0], question.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> Position {
        Position {
            key: PageKey {
                value: "acme".into(),
                uid: "u".into(),
            },
            skipped: 2,
        }
    }

    #[test]
    fn a_token_opens_only_for_its_question_and_only_in_time() {
        let tokens = PageTokens::new("secret");
        let token = tokens.seal(position(), "who and what", Micros(0));
        assert_eq!(
            tokens.open(&token, "who and what", Micros(1)).unwrap(),
            position()
        );
        assert!(tokens.open(&token, "another", Micros(1)).is_err());
        assert!(
            tokens
                .open(&token, "who and what", Micros(0).later(LIFE))
                .is_err()
        );
        assert!(
            PageTokens::new("other")
                .open(&token, "who and what", Micros(1))
                .is_err()
        );
    }

    #[test]
    fn a_token_with_any_byte_changed_is_refused() {
        let tokens = PageTokens::new("secret");
        let token = URL_SAFE_NO_PAD
            .decode(tokens.seal(position(), "q", Micros(0)))
            .unwrap();
        for at in 0..token.len() {
            let mut forged = token.clone();
            forged[at] ^= 1;
            assert!(
                tokens
                    .open(&URL_SAFE_NO_PAD.encode(forged), "q", Micros(1))
                    .is_err()
            );
        }
        assert!(tokens.open("", "q", Micros(1)).is_err());
    }
}
