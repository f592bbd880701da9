//! One word about a thing.

use super::callout::Tone;
use super::dom::{El, tag};

/// A badge in the accent: good, chosen, last used.
pub(crate) fn accent(word: &str) -> El {
    badge(Tone::Accent, word)
}

/// A badge in any tone.
pub(crate) fn badge(tone: Tone, word: &str) -> El {
    tag("span", "ui-badge")
        .attr("data-tone", tone.name())
        .child(word)
}
