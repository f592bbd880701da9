//! A person in words, and when what they hold ends.

use bailiwick_api::identity::Identity;
use bailiwick_domain::Uidp;

use crate::ui::badge::badge;
use crate::ui::callout::Tone;
use crate::ui::dom::{View, tag, views};
use crate::ui::time::{is_within, time};

/// What ends within so many days is said loudly.
const SOON_DAYS: f64 = 7.0;

/// The address, else the name, else the id: what one knows a person by.
pub(crate) fn label(email: Option<&str>, name: &str, uid: &Uidp) -> String {
    let known = [email.unwrap_or_default(), name, uid.as_str()];
    let first = known.into_iter().find(|known| !known.is_empty());
    first.unwrap_or_default().to_owned()
}

/// The same of a whole identity.
pub(crate) fn label_of(identity: &Identity) -> String {
    label(identity.email.as_deref(), &identity.name, &identity.uid)
}

/// When something ends, loudly if that is soon; `never` for what does not.
pub(crate) fn ends(expire_time: Option<&str>, never: &str) -> View {
    let Some(at) = expire_time else {
        return tag("span", "ui-faint").child(never).into();
    };
    let words = views(["ends ".into(), time(at)]);
    let end = if is_within(at, SOON_DAYS) {
        badge(Tone::Warn, "")
    } else {
        tag("span", "ui-quiet")
    };
    end.child(words).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_by_the_address_then_the_name_then_the_id() {
        let uid = Uidp::root([1; 20]);
        assert_eq!(label(Some("a@example.com"), "A", &uid), "a@example.com");
        assert_eq!(label(None, "A", &uid), "A");
        assert_eq!(label(None, "", &uid), uid.as_str());
    }
}
