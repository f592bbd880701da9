//! The invite that one is at. Its code comes after the `#` of a link and is taken out of the address
//! before anything is sent. It stays in memory alone, and goes through a sign-in with the entry of
//! that sign-in.

use crate::browser;
use crate::routes::{self, Page};
use crate::ui::dom::on_window;

use super::{Session, pending};

impl Session {
    /// Takes codes out of the address bar, now and whenever another link is put into it.
    pub(super) fn follow_invites(self) {
        self.take_invite();
        on_window("hashchange", move |_| self.take_invite());
    }

    fn take_invite(self) {
        if Page::of(&browser::path()) != Page::Invite {
            return;
        }
        // Only the way back from a provider to this very page has a note.
        let left = || {
            let state = browser::history_note()?;
            Some(pending::look(&state, browser::now_ms())?.invite)
        };
        if let Some(code) = browser::take_fragment().or_else(left) {
            self.hold_invite(&code);
        }
    }

    /// The code; empty when there is none. Tracked.
    pub(crate) fn invite(self) -> String {
        self.invite.get()
    }

    pub(crate) fn invite_untracked(self) -> String {
        self.invite.get_untracked()
    }

    /// Keeps a code for as long as this page lives, or with an empty one forgets it.
    pub(crate) fn hold_invite(self, code: &str) {
        let address = if code.is_empty() {
            String::new()
        } else {
            [routes::INVITE, "#", code].concat()
        };
        browser::keep_over_reload(address);
        self.invite.set(code.to_owned());
    }
}
