//! Actions that a person may be refused: offered all the same, with the reason.

use bailiwick_domain::{Capability, Uidp};

use crate::session::use_session;
use crate::state::Signal;
use crate::ui::dom::{View, dynamic, tag};

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

    /// As the catalogue calls it.
    // Asking the capability itself would link the whole catalogue into the wasm.
    pub(crate) fn capability_name(self) -> &'static str {
        match self {
            Self::Create => "groups.create",
            Self::Rename => "groups.update",
            Self::Delete => "groups.delete",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Create => "making folders here",
            Self::Rename => "renaming",
            Self::Delete => "deleting",
        }
    }
}

/// The id of the element that says why something is refused.
pub(crate) const WHY_NOT: &str = "why-not";

/// Whether the action would be refused at `at`.
pub(crate) fn refused(action: Action, at: Signal<Uidp>) -> Signal<bool> {
    let session = use_session();
    Signal::derive(move || at.with(|at| !session.may(action.capability(), at)))
}

/// Why something is refused that takes a capability; `doing` begins the sentence.
pub(crate) fn refused_words(doing: &str, takes: &str) -> String {
    let rest = ", which you do not have here. An owner can do that, or give it to you.";
    [doing, " takes ", takes, rest].concat()
}

/// Says why, and who could, in one breath for all that is refused.
pub(crate) fn reason_words(actions: &[Action]) -> String {
    let all = |part: fn(Action) -> &'static str| {
        let parts: Vec<&str> = actions.iter().map(|action| part(*action)).collect();
        join(&parts)
    };
    let text = refused_words(&all(Action::words), &all(Action::capability_name));
    let (first, rest) = text.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// `a`, `a and b`, `a, b and c`.
fn join(parts: &[&str]) -> String {
    match parts {
        [all @ .., last] if !all.is_empty() => [&all.join(", "), " and ", last].concat(),
        parts => parts.concat(),
    }
}

/// Says why what is refused of `actions` is refused, for as long as it is.
pub(crate) fn reasons(actions: &'static [Action], at: Signal<Uidp>) -> View {
    let session = use_session();
    dynamic(move || {
        let refused: Vec<Action> = at.with(|at| {
            let all = actions.iter().copied();
            all.filter(|action| !session.may(action.capability(), at))
                .collect()
        });
        (!refused.is_empty()).then(|| {
            tag("p", "ui-quiet")
                .attr("id", WHY_NOT)
                .child(reason_words(&refused))
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

    #[test]
    fn several_refusals_are_one_sentence() {
        let words = reason_words(&[Action::Create, Action::Rename, Action::Delete]);
        assert!(words.starts_with("Making folders here, renaming and deleting takes groups.create, groups.update and groups.delete, which"), "{words}");
        assert!(reason_words(&[Action::Rename]).starts_with("Renaming takes groups.update,"));
    }

    #[test]
    fn who_could_is_an_owner() {
        for action in [Action::Create, Action::Rename, Action::Delete] {
            assert!(
                bailiwick_domain::owner()
                    .capabilities
                    .contains(action.capability())
            );
        }
    }
}
