//! What one can do on the page, for the palette. A page says it; it holds for as long as the page.

use crate::reactive::{on_cleanup, provide_context};
use crate::state::{Callback, RwSignal, after, shared};
use crate::ui::icon::Icon;

/// Something that one can do.
#[derive(Debug, Clone)]
pub(crate) struct Command {
    /// What it does.
    pub(crate) words: String,
    /// Before the words.
    pub(crate) glyph: Icon,
    /// The keys that do it from anywhere; may be empty.
    pub(crate) keys: &'static str,
    /// Does it.
    pub(crate) run: Callback<()>,
}

/// The commands of the page that shows; in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Commands(RwSignal<Vec<Command>>);

impl Commands {
    /// Provides it to the views.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::default()));
    }

    /// Keeps the commands as `list` says, for as long as the view that says it.
    pub(crate) fn offer(self, list: impl Fn() -> Vec<Command> + 'static) {
        after(move || self.0.set(list()));
        on_cleanup(move || self.0.set(Vec::new()));
    }

    /// The commands. Tracked.
    pub(crate) fn list(self) -> Vec<Command> {
        self.0.get()
    }
}

/// The commands that `app` provides.
pub(crate) fn use_commands() -> Commands {
    shared()
}
