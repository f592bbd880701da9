//! The one live region: says what happened when its form has closed.

use leptos::prelude::*;

use super::dom::{El, tag};

/// Says things aloud; in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Live(RwSignal<String>);

impl Live {
    /// Provides it to the views.
    pub(crate) fn provide() -> Self {
        let live = Self(RwSignal::default());
        provide_context(live);
        live
    }

    /// Says `words` once the reader is done with what it reads.
    pub(crate) fn say(self, words: &[&str]) {
        self.0.set(words.concat());
    }

    /// The region itself.
    pub(crate) fn region(self) -> El {
        tag("p", "ui-hide")
            .attr("role", "status")
            .text(move || self.0.get())
    }
}

/// The live region of this page.
pub(crate) fn use_live() -> Live {
    expect_context()
}
