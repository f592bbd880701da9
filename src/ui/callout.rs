//! A note beside what it is about.

use super::dom::{El, View, tag};
use super::icon::{Icon, icon};

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Plain,
    /// Done, better, new.
    Accent,
    /// Look here first.
    Warn,
    /// Lost, refused, wrong.
    Danger,
}

impl Tone {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Warn => "warn",
            Self::Danger => "danger",
        }
    }

    fn glyph(self) -> Icon {
        match self {
            Self::Plain => Icon::Info,
            Self::Accent => Icon::Check,
            Self::Warn | Self::Danger => Icon::Warn,
        }
    }
}

/// A callout. A dangerous one interrupts: it answers what one just did.
pub(crate) fn callout(tone: Tone, body: impl Into<View>) -> El {
    let role = (tone == Tone::Danger).then_some("alert");
    tag("div", "ui-callout")
        .attr("data-tone", tone.name())
        .attr_maybe("role", role)
        .child(icon(tone.glyph()))
        .child(tag("div", "l-stack").attr("data-gap", "2").child(body))
}
