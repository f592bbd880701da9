//! A role in words: what it lets one do, of what people ask about first.

use crate::ui::dom::{El, el, tag};
use crate::ui::icon::{Icon, icon};

/// What one may do, as one says it, and what it takes. The names are written out: asking a
/// capability for its own would link the whole catalogue into the wasm.
const CAN: [(&str, &str); 5] = [
    ("See everything in it", "CAP_IAM_GROUPS_LIST"),
    ("Change repositories and subscriptions", "CAP_REPO_UPDATE"),
    ("Change who has which role", "CAP_IAM_ROLE_BINDINGS_CREATE"),
    ("Invite people", "CAP_IAM_GROUP_INVITES_CREATE"),
    ("Make, rename and delete folders", "CAP_IAM_GROUPS_DELETE"),
];

/// What a role with these capabilities, by their names in the API, lets one do. With `and_not` also
/// what it does not.
pub(crate) fn can(capabilities: &[String], and_not: bool) -> El {
    CAN.iter().fold(tag("ul", "ui-can"), |list, (words, name)| {
        let may = capabilities.iter().any(|held| held == name);
        if !may && !and_not {
            return list;
        }
        let item = el("li");
        list.child(if may {
            item.child(icon(Icon::Check))
                .child(el("span").child(*words))
        } else {
            let hidden = tag("span", "ui-hide").child("Not: ");
            item.flag("data-no")
                .child(icon(Icon::X))
                .child(el("span").child(hidden).child(*words))
        })
    })
}

/// `an editor`, `a viewer`.
pub(crate) fn with_article(role: &str) -> String {
    let is_vowel = role.starts_with(['a', 'e', 'i', 'o', 'u']);
    [if is_vowel { "an " } else { "a " }, role].concat()
}

#[cfg(test)]
mod tests {
    use bailiwick_domain::{Capability, editor, owner, viewer};

    use super::*;

    fn count(of: &bailiwick_domain::CapabilitySet) -> usize {
        let names: Vec<String> = of.iter().map(Capability::enum_name).collect();
        CAN.iter()
            .filter(|(_, name)| names.iter().any(|held| held == name))
            .count()
    }

    #[test]
    fn the_built_in_roles_can_more_and_more() {
        let counts = [viewer(), editor(), owner()].map(|role| count(&role.capabilities));
        assert_eq!(counts, [1, 3, CAN.len()]);
    }

    #[test]
    fn articles_follow_the_sound() {
        assert_eq!(with_article("owner"), "an owner");
        assert_eq!(with_article("viewer"), "a viewer");
    }
}
