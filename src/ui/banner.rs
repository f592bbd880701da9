//! A line across the page, below the top bar: what holds for all of it.

use super::callout::Tone;
use super::dom::{El, View, tag};
use super::icon::{Icon, icon};

/// A banner; `way` is what one may do about it.
pub(crate) fn banner(tone: Tone, glyph: Icon, words: &str, way: impl Into<View>) -> El {
    tag("div", "ui-callout")
        .flag("data-flush")
        .attr("data-tone", tone.name())
        .child(icon(glyph))
        .child(tag("div", "l-row").child(words).child(way))
}
