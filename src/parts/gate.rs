//! The layout of the pages outside the shell, on which a person decides.

use crate::browser;
use crate::session::use_session;
use crate::ui::dom::{El, View, el, nothing, tag};
use crate::ui::heading::decision;
use crate::ui::icon::mark;

/// A gate: the mark above, one column, host and version below.
pub(crate) fn gate(column: impl Into<View>) -> El {
    gate_beside(nothing(), column)
}

/// A gate with something beside the mark.
pub(crate) fn gate_beside(beside: impl Into<View>, column: impl Into<View>) -> El {
    let session = use_session();
    let version = move || {
        let version = session.server().version;
        if version.is_empty() {
            version
        } else {
            ["Bailiwick ", &version].concat()
        }
    };
    let name = tag("span", "ui-mark")
        .child(mark())
        .child(el("span").child("Bailiwick"));
    let main = tag("main", "l-gate-main")
        .attr("id", "main")
        .child(tag("div", "l-gate-col").child(column));
    let foot = tag("footer", "l-gate-bar ui-tiny ui-faint")
        .child(el("span").child(browser::host()))
        .child(el("span").text(version));
    tag("div", "l-gate")
        .child(tag("header", "l-gate-bar").child(name).child(beside))
        .child(main)
        .child(foot)
}

/// What one decides there, and what it means.
pub(crate) fn gate_head(title: &str, words: &str) -> El {
    tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(decision(title))
        .child(tag("p", "ui-lead").child(words))
}
