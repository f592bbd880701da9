//! Our `state` towards a provider: a random word, and beside it when the sign-in began and whether the
//! person had to be asked anew. The database knows it only as a hash of the whole, so neither can be
//! changed on the way.

use bailiwick_domain::Micros;
use bailiwick_store::{Secret, StoreError};

/// What marks a sign-in for which the provider has to ask the person again.
const ANEW: &str = "anew";

/// The `state` of one sign-in.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    state: Secret,
    /// In seconds since 1970.
    begun: i64,
    anew: bool,
}

impl Ticket {
    /// A fresh one.
    ///
    /// # Errors
    /// The operating system has no random bytes.
    pub(crate) fn new(now: Micros, anew: bool) -> Result<Self, StoreError> {
        let (random, begun) = (Secret::random()?, now.0 / 1_000_000);
        let mark = if anew { ANEW } else { "" };
        Ok(Self {
            state: Secret::from_client(&format!("{}.{begun:x}.{mark}", random.expose())),
            begun,
            anew,
        })
    }

    /// One that came back. What it says is only true if the database knows it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (_, begun, mark) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            state: Secret::from_client(text),
            begun: i64::from_str_radix(begun, 16).ok()?,
            anew: match mark {
                "" => false,
                ANEW => true,
                _ => return None,
            },
        })
    }

    /// As it travels.
    pub(crate) fn state(&self) -> &Secret {
        &self.state
    }

    /// Whether it began longer ago than a sign-in may take.
    pub(crate) fn is_old(&self, now: Micros) -> bool {
        now.0 / 1_000_000 - self.begun >= 10 * 60
    }

    /// The instant (seconds since 1970) after which the person must have proved who they are, if they
    /// were to be asked anew.
    pub(super) fn not_before(&self) -> Option<i64> {
        self.anew.then_some(self.begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_as_it_went() {
        let now = Micros(1_790_000_000_123_456);
        for anew in [false, true] {
            let ticket = Ticket::new(now, anew).unwrap();
            let back = Ticket::read(ticket.state().expose()).unwrap();
            assert_eq!(back.state(), ticket.state());
            assert_eq!(back.not_before(), anew.then_some(1_790_000_000));
            assert!(!back.is_old(now));
            assert!(back.is_old(Micros(now.0 + 600_000_000)));
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in ["", "x", "x.y", "x.zz.", "x.1.other", "x.1.anew.more"] {
            assert!(Ticket::read(text).is_none(), "{text}");
        }
    }
}
