//! A note beside what it is about.

use super::dom::{El, View, tag};
use super::icon::{Icon, icon};

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Look here first.
    Warn,
    /// Lost, refused, wrong.
    Danger,
}

/// A callout. A dangerous one interrupts: it answers what one just did.
pub(crate) fn callout(tone: Tone, body: impl Into<View>) -> El {
    let (name, role) = match tone {
        Tone::Warn => ("warn", None),
        Tone::Danger => ("danger", Some("alert")),
    };
    tag("div", "ui-callout")
        .attr("data-tone", name)
        .attr_maybe("role", role)
        .child(icon(Icon::Warn))
        .child(tag("div", "l-stack").attr("data-gap", "2").child(body))
}
