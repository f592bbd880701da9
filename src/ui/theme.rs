//! Light, dark, or as the system says. `boot.js` sets it before the first paint; here it changes.

use crate::ui::dom::{document, window};

const KEY: &str = "bailiwick.theme";
const ATTRIBUTE: &str = "data-theme";

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the menu.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As in the menu.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    fn stored_as(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// What this browser chose.
    pub(crate) fn current() -> Self {
        let root = document().document_element();
        match root
            .and_then(|root| root.get_attribute(ATTRIBUTE))
            .as_deref()
        {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Chooses it, here and for the next visit.
    pub(crate) fn choose(self) {
        let storage = window().local_storage().ok().flatten();
        let root = document().document_element();
        // A browser that keeps nothing still shows the choice for now.
        match self.stored_as() {
            Some(name) => {
                let _ = storage.map(|storage| storage.set_item(KEY, name));
                let _ = root.map(|root| root.set_attribute(ATTRIBUTE, name));
            }
            None => {
                let _ = storage.map(|storage| storage.remove_item(KEY));
                let _ = root.map(|root| root.remove_attribute(ATTRIBUTE));
            }
        }
    }
}
