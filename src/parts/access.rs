//! Actions that a person may be refused: offered all the same, with the reason.

use bailiwick_domain::{Capability, Uidp};
use leptos::prelude::*;

use crate::session::use_session;
use crate::ui::dom::{View, dynamic, el, tag};

/// Something that one does to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A folder below it.
    Create,
    /// Its name.
    Rename,
    /// All of it.
    Delete,
}

impl Action {
    /// What it takes.
    pub(crate) fn capability(self) -> Capability {
        match self {
            Self::Create => Capability::GROUPS_CREATE,
            Self::Rename => Capability::GROUPS_UPDATE,
            Self::Delete => Capability::GROUPS_DELETE,
        }
    }

    // Asking the capability itself would link the whole catalogue into the wasm.
    fn capability_name(self) -> &'static str {
        match self {
            Self::Create => "groups.create",
            Self::Rename => "groups.update",
            Self::Delete => "groups.delete",
        }
    }

    /// The id of the element that says why it is refused.
    pub(crate) fn reason_id(self) -> &'static str {
        match self {
            Self::Create => "why-create",
            Self::Rename => "why-rename",
            Self::Delete => "why-delete",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Create => "Making folders here takes ",
            Self::Rename => "Renaming this takes ",
            Self::Delete => "Deleting this takes ",
        }
    }
}

/// Whether the action would be refused at `at`.
pub(crate) fn refused(action: Action, at: Signal<Uidp>) -> Signal<bool> {
    let session = use_session();
    Signal::derive(move || at.with(|at| !session.may(action.capability(), at)))
}

/// Says why in one sentence.
pub(crate) fn reason_words(action: Action) -> String {
    [
        action.words(),
        action.capability_name(),
        ". You do not have it here.",
    ]
    .concat()
}

/// Says why, for as long as it is refused.
pub(crate) fn reason(action: Action, refused: Signal<bool>) -> View {
    dynamic(move || {
        refused.get().then(|| {
            tag("p", "ui-quiet")
                .attr("id", action.reason_id())
                .child(action.words())
                .child(el("code").child(action.capability_name()))
                .child(". You do not have it here.")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_are_called_as_in_the_catalogue() {
        for action in [Action::Create, Action::Rename, Action::Delete] {
            assert_eq!(action.capability_name(), action.capability().name());
        }
    }
}
