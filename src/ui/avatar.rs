//! Who or what, by a letter: people are round, machines and organizations square.

use super::dom::{El, tag};

/// The tile of a person.
pub(crate) fn person(name: &str) -> El {
    let letter: String = name.chars().take(1).collect();
    tag("span", "ui-avatar")
        .attr("aria-hidden", "true")
        .child(letter)
}

/// The tile of an organization or a machine.
pub(crate) fn square(name: &str) -> El {
    person(name).attr("data-kind", "machine")
}
