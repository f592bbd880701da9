//! A sign-in under way, kept in local storage under its state until the callback takes it out.
//!
//! The only secrets that ever lie in storage: worth nothing without the code that comes back to this
//! browser, and swept after ten minutes. An invite that one signs in for travels with them.

use crate::browser;

const PREFIX: &str = "bailiwick.signin.";
const LIFE_MS: i64 = 10 * 60 * 1000;

/// What the callback needs of the sign-in that it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) provider: String,
    pub(super) return_to: String,
    /// The code of the invite that is to be answered then; may be empty.
    pub(super) invite: String,
    /// When it began, in milliseconds since 1970.
    pub(super) at: i64,
}

impl Pending {
    /// An entry as stored, if it can be read and is not too old.
    fn read(text: &str, now_ms: i64) -> Option<Self> {
        let mut lines = text.split('\n').map(ToOwned::to_owned);
        let entry = Self {
            at: lines.next()?.parse().ok()?,
            nonce: lines.next()?,
            verifier: lines.next()?,
            provider: lines.next()?,
            return_to: lines.next()?,
            invite: lines.next().unwrap_or_default(),
        };
        // A clock that was set back makes no entry immortal.
        let is_fresh = (0..LIFE_MS).contains(&now_ms.checked_sub(entry.at)?);
        (is_fresh && lines.next().is_none()).then_some(entry)
    }

    /// As it is stored: a line for each field. None of them can hold a line break.
    fn write(&self) -> String {
        let at = self.at.to_string();
        [
            at.as_str(),
            &self.nonce,
            &self.verifier,
            &self.provider,
            &self.return_to,
            &self.invite,
        ]
        .join("\n")
    }
}

/// Stores an entry. Answers whether that worked.
pub(super) fn put(state: &str, entry: &Pending) -> bool {
    browser::store(&key(state), &entry.write())
}

/// Takes the entry of a state out, so that it serves once.
pub(super) fn take(state: &str, now_ms: i64) -> Option<Pending> {
    let entry = look(state, now_ms);
    browser::forget(&key(state));
    entry
}

/// The entry of a state, which stays.
pub(super) fn look(state: &str, now_ms: i64) -> Option<Pending> {
    Pending::read(&browser::stored(&key(state))?, now_ms)
}

/// Removes what nobody will come back for.
pub(super) fn sweep(now_ms: i64) {
    let Some(storage) = browser::storage() else {
        return;
    };
    let keys: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect();
    for key in keys {
        let entry = browser::stored(&key).and_then(|text| Pending::read(&text, now_ms));
        if entry.is_none() {
            browser::forget(&key);
        }
    }
}

fn key(state: &str) -> String {
    [PREFIX, state].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_serves_for_ten_minutes() {
        let entry = Pending {
            nonce: "n".into(),
            verifier: "v".into(),
            provider: "google".into(),
            return_to: "/".into(),
            invite: "bwi_secret".into(),
            at: 1_000,
        };
        let text = entry.write();
        assert_eq!(Pending::read(&text, 1_000), Some(entry.clone()));
        assert_eq!(Pending::read(&text, 1_000 + LIFE_MS - 1), Some(entry));
        assert_eq!(Pending::read(&text, 1_000 + LIFE_MS), None);
        assert_eq!(Pending::read(&text, 999), None, "from the future");
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        for text in [
            "",
            "{}",
            "1",
            "1\n\n\n",
            "x\nn\nv\np\n/",
            "0\nn\nv\np\n/\nbwi_secret\nmore",
        ] {
            assert_eq!(Pending::read(text, 0), None, "{text}");
        }
    }
}
