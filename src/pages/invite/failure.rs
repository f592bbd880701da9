//! Pure: why an invite cannot be accepted, each with its own words and its own way out.

use bailiwick_api::Error;

/// What one may do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Leave this account for another one.
    Switch,
    /// Go where the role is held already.
    Open,
    /// Put in another link.
    Paste,
    /// See what else there is, or sign in for it.
    Organizations,
}

/// A failure in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) title: &'static str,
    pub(super) words: &'static str,
    pub(super) way: Way,
}

/// The failure with a reason of the API. `None` for what has nothing to do with the invite, and may
/// well pass.
pub(super) fn failure(reason: &str) -> Option<Failure> {
    let (title, words, way) = match reason {
        "INVITE_EXPIRED" => (
            "This invite has ended",
            "Its time is over, and nothing was changed. Ask whoever invited you for a new link.",
            Way::Paste,
        ),
        "INVITE_REVOKED" => (
            "This invite was taken back",
            "Nothing was changed. If you still need it, ask whoever invited you.",
            Way::Organizations,
        ),
        "INVITE_REISSUED" => (
            "There is a newer link",
            "Whoever invited you made a new link since, and this one stopped working. Look for a \
             later message, or ask for the new link.",
            Way::Paste,
        ),
        "INVITE_USED" => (
            "This invite has been used",
            "It worked once, and someone joined with it. If that was you, you are a member already. \
             Else ask whoever invited you for a link of your own.",
            Way::Organizations,
        ),
        "INVITE_DECLINED" => (
            "This invite was declined",
            "If that was a mistake, ask whoever invited you for a new one.",
            Way::Organizations,
        ),
        "INVITE_WRONG_ACCOUNT" => (
            "This invite is for someone else",
            "It was made for one address, and you are signed in with another. It has not been used.",
            Way::Switch,
        ),
        "INVITE_EMAIL_NOT_VOUCHED" => (
            "Your provider does not vouch for your address",
            "The invite is for one address, and the provider you signed in with has not verified \
             that it is yours. Sign in another way, or ask for an invite that anyone with the link \
             may use.",
            Way::Switch,
        ),
        "ALREADY_MEMBER" => (
            "You are already a member",
            "You hold this role there, and the invite gives you nothing more.",
            Way::Open,
        ),
        "INVITER_LOST_RIGHT" => (
            "This invite no longer holds",
            "Whoever sent it may no longer give this role. Ask another owner for a new one.",
            Way::Organizations,
        ),
        "INVITE_ROLE_GONE" => (
            "This invite no longer holds",
            "The role that it gives was deleted. Ask whoever invited you for a new one.",
            Way::Organizations,
        ),
        "INVITE_UNKNOWN" => (
            "We do not know this invite",
            "Perhaps the link was cut off, or its place was deleted. The code in it begins with \
             bwi_ and ends in 43 letters, digits, - and _.",
            Way::Paste,
        ),
        _ => return None,
    };
    Some(Failure { title, words, way })
}

/// The reason that an error gives.
pub(super) fn reason(error: &Error) -> &str {
    let status = error.status();
    status
        .and_then(|status| status.reason())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bailiwick_domain::{AcceptInviteError, Refusal, Uidp};

    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own() {
        let all = [
            AcceptInviteError::Unknown,
            AcceptInviteError::Expired,
            AcceptInviteError::Revoked,
            AcceptInviteError::Reissued,
            AcceptInviteError::Used,
            AcceptInviteError::Declined,
            AcceptInviteError::WrongAccount,
            AcceptInviteError::EmailNotVouched,
            AcceptInviteError::AlreadyMember(Uidp::root([1; 20])),
            AcceptInviteError::InviterLostRight,
            AcceptInviteError::RoleGone,
        ];
        for error in &all {
            // A refusal that is new does not compile here, until it stands above too.
            match error {
                AcceptInviteError::Unknown
                | AcceptInviteError::Reissued
                | AcceptInviteError::Expired
                | AcceptInviteError::Revoked
                | AcceptInviteError::Used
                | AcceptInviteError::Declined
                | AcceptInviteError::WrongAccount
                | AcceptInviteError::EmailNotVouched
                | AcceptInviteError::AlreadyMember(_)
                | AcceptInviteError::InviterLostRight
                | AcceptInviteError::RoleGone => {}
            }
        }
        let mut words: Vec<_> = all
            .iter()
            .map(|error| failure(error.reason()).unwrap().words)
            .collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all.len());
    }

    #[test]
    fn what_may_pass_is_no_failure_of_the_invite() {
        for reason in ["", "UNAVAILABLE", "TOO_MANY_ATTEMPTS"] {
            assert_eq!(failure(reason), None, "{reason}");
        }
    }
}
