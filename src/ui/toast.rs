//! The one live region: says what happened when its form has closed, and shows it for a while.

use std::time::Duration;

use crate::reactive::provide_context;
use crate::state::{RwSignal, StoredValue, shared};

use super::dom::{El, later, tag};

const SHOWN: Duration = Duration::from_secs(6);

/// Says things aloud; in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toast {
    words: RwSignal<String>,
    /// Counts what was said, so that only the last one goes away.
    said: StoredValue<u32>,
}

impl Toast {
    /// Provides it to the views.
    pub(crate) fn provide() {
        provide_context(Self {
            words: RwSignal::default(),
            said: StoredValue::new(0),
        });
    }

    /// Says `words` once the reader is done with what it reads.
    pub(crate) fn say(self, words: &[&str]) {
        self.words.set(words.concat());
        self.said.update_value(|said| *said += 1);
        let said = self.said.get_value();
        later(SHOWN, move || {
            if self.said.try_get_value() == Some(said) {
                self.words.set(String::new());
            }
        });
    }

    /// The region itself.
    pub(crate) fn region(self) -> El {
        tag("p", "ui-toast")
            .attr("role", "status")
            .text(move || self.words.get())
    }
}

/// The live region of this page.
pub(crate) fn use_toast() -> Toast {
    shared()
}
