//! Pure: the keys that work anywhere in the shell.

/// What a key leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    /// The palette.
    Palette,
    /// The list of keys.
    Help,
    /// The field that searches the page.
    Find,
    /// The list of organizations.
    Organizations,
    /// The top of the organization that one is in.
    Folders,
    /// The settings of the group that one is at.
    Settings,
}

/// Where one is when a key is pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pressed {
    /// Ctrl, or Command.
    pub(super) command: bool,
    /// Letters are text here: in a field, or names in the tree.
    pub(super) is_writing: bool,
    /// When, in milliseconds since 1970.
    pub(super) at_ms: i64,
}

/// Remembers the first of two letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Keys {
    g_at_ms: Option<i64>,
}

/// The second letter comes within this time.
const PAUSE_MS: i64 = 1_200;

impl Keys {
    /// What `key` leads to.
    pub(super) fn press(&mut self, key: &str, pressed: Pressed) -> Option<Go> {
        let after_g = self
            .g_at_ms
            .take()
            .is_some_and(|at_ms| pressed.at_ms - at_ms < PAUSE_MS);
        if pressed.command {
            return matches!(key, "k" | "K").then_some(Go::Palette);
        }
        if pressed.is_writing {
            return None;
        }
        match key {
            "o" if after_g => Some(Go::Organizations),
            "f" if after_g => Some(Go::Folders),
            "s" if after_g => Some(Go::Settings),
            "g" => {
                self.g_at_ms = Some(pressed.at_ms);
                None
            }
            "/" => Some(Go::Find),
            "?" => Some(Go::Help),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Pressed = Pressed {
        command: false,
        is_writing: false,
        at_ms: 1_000,
    };

    #[test]
    fn g_and_a_letter_go_to_a_page() {
        for (letter, go) in [
            ("o", Some(Go::Organizations)),
            ("f", Some(Go::Folders)),
            ("s", Some(Go::Settings)),
            ("x", None),
        ] {
            let mut keys = Keys::default();
            assert_eq!(keys.press("g", AT), None);
            assert_eq!(keys.press(letter, AT), go);
            assert_eq!(keys.press(letter, AT), None, "g counts once");
        }
    }

    #[test]
    fn a_late_letter_means_nothing() {
        let mut keys = Keys::default();
        keys.press("g", AT);
        assert_eq!(keys.press("o", Pressed { at_ms: 9_000, ..AT }), None);
    }

    #[test]
    fn letters_are_text_where_one_writes_but_the_palette_opens_everywhere() {
        let writing = Pressed {
            is_writing: true,
            ..AT
        };
        let mut keys = Keys::default();
        for key in ["g", "o", "/", "?"] {
            assert_eq!(keys.press(key, writing), None, "{key}");
        }
        let command = Pressed {
            command: true,
            ..writing
        };
        assert_eq!(keys.press("k", command), Some(Go::Palette));
        assert_eq!(keys.press("o", command), None);
    }
}
