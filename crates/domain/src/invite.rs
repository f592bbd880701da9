//! The rules of invites. An invite is a promised role binding: whoever makes one, gives it a new code
//! or a later end must be able to bind its role there, and must be so still when it is accepted.

use std::time::Duration;

use crate::mailbox::MailboxKey;
use crate::{
    AcceptInviteError, BeyondReach, Capability, CapabilitySet, Grant, Micros, Uidp, allows,
    may_pass_on,
};

/// Every code begins with it, so that one that leaks is recognized.
pub const INVITE_CODE_PREFIX: &str = "bwi_";
/// How many characters a code has: the prefix, and 256 bits as base64url.
pub const INVITE_CODE_LENGTH: usize = 47;
/// For how long an invite is shown that is accepted, revoked, declined or expired.
pub const INVITE_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How many addresses one request may invite.
pub const INVITE_BATCH_MAX: usize = 500;
/// How many people may accept an invite that is not for one alone.
pub const INVITE_USES_MAX: u32 = 1000;

/// How an invite ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InviteClose {
    /// Everyone whom it was for has accepted it.
    Accepted,
    /// Somebody took it back.
    Revoked,
    /// The person whom it was for does not want it.
    Declined,
}

/// What has become of an invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InviteState {
    /// It can be accepted. One for many stays so, however many have accepted it.
    Pending,
    /// Its time is over. It can be given a new one.
    Expired,
    /// Everyone whom it was for has accepted it.
    Accepted,
    /// Somebody took it back.
    Revoked,
    /// The person whom it was for does not want it.
    Declined,
}

impl InviteState {
    /// All of them, as in this enum.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Expired,
        Self::Accepted,
        Self::Revoked,
        Self::Declined,
    ];

    /// What an invite is at an instant. It is dead at the very instant at which it expires.
    pub fn at(close: Option<InviteClose>, expire_time: Micros, now: Micros) -> Self {
        match close {
            Some(InviteClose::Accepted) => Self::Accepted,
            Some(InviteClose::Revoked) => Self::Revoked,
            Some(InviteClose::Declined) => Self::Declined,
            None if now >= expire_time => Self::Expired,
            None => Self::Pending,
        }
    }

    /// Its name on the wire: `PENDING`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Expired => "EXPIRED",
            Self::Accepted => "ACCEPTED",
            Self::Revoked => "REVOKED",
            Self::Declined => "DECLINED",
        }
    }

    /// The end that this is, if it is one before its time.
    pub fn as_close(self) -> Option<InviteClose> {
        match self {
            Self::Pending | Self::Expired => None,
            Self::Accepted => Some(InviteClose::Accepted),
            Self::Revoked => Some(InviteClose::Revoked),
            Self::Declined => Some(InviteClose::Declined),
        }
    }

    /// From its name, in capitals or not.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str().eq_ignore_ascii_case(text))
    }
}

/// What an invite promises: a role binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// What the role contains; `None` when the role is gone.
    pub capabilities: Option<CapabilitySet>,
    /// Where it will hold, and below.
    pub group: Uidp,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

/// Why somebody cannot invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotInvite {
    /// A capability is missing at the group.
    Missing(Capability),
    /// Rule 2.
    BeyondReach(BeyondReach),
}

/// What it takes to invite, besides rule 2: an invite is a promised role binding.
pub const TO_INVITE: [Capability; 2] = [
    Capability::GROUP_INVITES_CREATE,
    Capability::ROLE_BINDINGS_CREATE,
];

/// Whether who holds `grants` may invite to `capabilities` at `at` until `ends_at`. Asked when an
/// invite is made, reissued or extended, and again when it is accepted.
pub fn may_invite(
    grants: &[Grant],
    capabilities: &CapabilitySet,
    at: &Uidp,
    ends_at: Option<Micros>,
    now: Micros,
) -> Result<(), CannotInvite> {
    if let Some(missing) = TO_INVITE
        .into_iter()
        .find(|&what| !allows(grants, what, at, now))
    {
        return Err(CannotInvite::Missing(missing));
    }
    may_pass_on(grants, capabilities, at, ends_at, now).map_err(CannotInvite::BeyondReach)
}

/// Who invites, as they stand when the invite is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InviterNow {
    /// Whoever runs the server: stands outside rule 2.
    Host,
    /// Somebody who can sign in and holds these.
    Person(Vec<Grant>),
    /// Somebody who is gone, or can no longer sign in.
    Gone,
}

/// Somebody who has an invite's code in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The address of this very sign-in, if its provider vouches for it.
    pub mailbox: Option<MailboxKey>,
    /// What they hold.
    pub grants: Vec<Grant>,
    /// Whether they have accepted this invite before.
    pub accepted_before: bool,
}

/// All of an invite that decides who may accept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What has become of it.
    pub state: InviteState,
    /// For whom it is: anyone, or whoever has an address. An address that no sign-in can have is
    /// [`For::Nobody`].
    pub audience: For,
    /// What it gives.
    pub promise: Promise,
    /// Who invites.
    pub inviter: InviterNow,
}

/// For whom an invite is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// Anyone who has the link.
    Anyone,
    /// Whoever has this address.
    Mailbox(MailboxKey),
    /// An address that cannot be compared.
    Nobody,
}

impl Offer {
    /// Whether it is still there to be answered, by anyone at all.
    ///
    /// # Errors
    /// Why not.
    pub fn is_open(&self) -> Result<(), AcceptInviteError> {
        match self.state {
            InviteState::Pending if self.promise.capabilities.is_none() => {
                Err(AcceptInviteError::RoleGone)
            }
            InviteState::Pending => Ok(()),
            InviteState::Expired => Err(AcceptInviteError::Expired),
            InviteState::Accepted => Err(AcceptInviteError::Used),
            InviteState::Revoked => Err(AcceptInviteError::Revoked),
            InviteState::Declined => Err(AcceptInviteError::Declined),
        }
    }

    /// Whether the person is one whom it is for.
    ///
    /// # Errors
    /// [`AcceptInviteError::WrongAccount`] and [`AcceptInviteError::EmailNotVouched`].
    pub fn is_for(&self, person: &Invited) -> Result<(), AcceptInviteError> {
        match (&self.audience, &person.mailbox) {
            (For::Anyone, _) => Ok(()),
            (For::Mailbox(_) | For::Nobody, None) => Err(AcceptInviteError::EmailNotVouched),
            (For::Mailbox(wanted), Some(own)) if wanted == own => Ok(()),
            (For::Mailbox(_) | For::Nobody, Some(_)) => Err(AcceptInviteError::WrongAccount),
        }
    }

    /// Whether whoever invited could still do so.
    ///
    /// # Errors
    /// [`AcceptInviteError::InviterLostRight`].
    pub fn still_stands(&self, now: Micros) -> Result<(), AcceptInviteError> {
        let Promise {
            capabilities,
            group,
            ends_at,
        } = &self.promise;
        let wanted = capabilities.as_ref().ok_or(AcceptInviteError::RoleGone)?;
        match &self.inviter {
            InviterNow::Host => Ok(()),
            InviterNow::Gone => Err(AcceptInviteError::InviterLostRight),
            InviterNow::Person(grants) => may_invite(grants, wanted, group, *ends_at, now)
                .map_err(|_| AcceptInviteError::InviterLostRight),
        }
    }

    /// Whether the person may accept it now. Who holds all that it gives already is told so, and
    /// uses nothing up; who has accepted it before is told so even if it is closed since.
    ///
    /// # Errors
    /// What no other account could help with first, then [`is_for`](Self::is_for).
    pub fn may_be_accepted(&self, person: &Invited, now: Micros) -> Result<(), AcceptInviteError> {
        let Promise {
            capabilities,
            group,
            ends_at,
        } = &self.promise;
        let holds = |wanted: &CapabilitySet| {
            may_pass_on(&person.grants, wanted, group, *ends_at, now).is_ok()
        };
        let is_member = capabilities.as_ref().is_some_and(holds);
        let already = || Err(AcceptInviteError::AlreadyMember(group.clone()));
        if person.accepted_before && is_member {
            return already();
        }
        self.is_open()?;
        let is_for = self.is_for(person);
        if is_for.is_ok() && is_member {
            return already();
        }
        self.still_stands(now)?;
        is_for
    }
}

/// When an invite expires that lives so long from `now` on: never after what it gives has ended.
pub fn invite_expiry(now: Micros, life: Duration, ends_at: Option<Micros>) -> Micros {
    let expiry = now.later(life);
    ends_at.map_or(expiry, |end| end.min(expiry))
}

/// An address for those who may know that it is there, but not what it is: `a…@e….com`.
pub fn masked(address: &str) -> String {
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match domain.rsplit_once('.') {
        Some((host, ending)) => format!("{}…@{}….{ending}", first(name), first(host)),
        None => format!("{}…", first(name)),
    }
}
