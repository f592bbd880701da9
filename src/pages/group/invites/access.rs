//! Who may invite, and take invites back; with the reason where one may not.

use bailiwick_domain::{Capability, Uidp};

use crate::session::Session;
use crate::ui::dom::{El, tag};

/// The id of the element that says why inviting is refused.
pub(super) const WHY_NOT: &str = "why-not-invite";

/// Whether this person may invite to `at`, as far as that takes no role into account. Tracked.
pub(super) fn may_invite(session: Session, at: &Uidp) -> bool {
    session.may(Capability::GROUP_INVITES_CREATE, at)
        && session.may(Capability::ROLE_BINDINGS_CREATE, at)
}

/// Whether this person may take back what stands at `at`. Tracked.
pub(super) fn may_revoke(session: Session, at: &Uidp) -> bool {
    session.may(Capability::GROUP_INVITES_DELETE, at)
}

/// Says why inviting is refused.
pub(super) fn why_not() -> El {
    let words = "Inviting takes group_invites.create and role_bindings.create, which you do not have \
                 here. An owner can do that, or give it to you.";
    tag("p", "ui-quiet").attr("id", WHY_NOT).child(words)
}
