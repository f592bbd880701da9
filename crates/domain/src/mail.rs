//! The rules of sending the mail of an invite.

use std::time::Duration;

/// How many mails one recipient gets in [`MAIL_WINDOW`]. The rest wait.
pub const MAIL_PER_RECIPIENT: u32 = 10;
/// See [`MAIL_PER_RECIPIENT`].
pub const MAIL_WINDOW: Duration = Duration::from_secs(10 * 60);
/// A mail that cannot be sent is tried again for so long.
pub const MAIL_TRIED: Duration = Duration::from_secs(24 * 60 * 60);
/// After this the pauses between tries grow no more.
const PAUSE_MAX: Duration = Duration::from_secs(60 * 60);

/// How far a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MailState {
    /// Waits to be sent, or to be sent again.
    Queued,
    /// The mail server has taken it.
    Sent,
    /// The mail server refuses it, or could not be reached for too long: the link has to be handed
    /// over.
    Failed,
}

impl MailState {
    /// All of them, as in this enum.
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// Its name on the wire: `QUEUED`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Sent => "SENT",
            Self::Failed => "FAILED",
        }
    }

    /// From its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// How long to wait after a mail could not be sent for the `tries`th time: five seconds, then twice
/// as long each time, up to an hour.
pub fn mail_pause(tries: u32) -> Duration {
    let doubled = 1u64 << tries.saturating_sub(1).min(16);
    Duration::from_secs(5 * doubled).min(PAUSE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_begin_at_five_seconds_and_grow_to_an_hour() {
        let seconds = |tries| mail_pause(tries).as_secs();
        assert_eq!([seconds(1), seconds(2), seconds(3)], [5, 10, 20]);
        assert_eq!(seconds(10), 2560);
        assert_eq!([seconds(11), seconds(u32::MAX)], [3600, 3600]);
    }

    #[test]
    fn a_state_is_read_by_its_name() {
        for state in MailState::ALL {
            assert_eq!(MailState::parse(state.as_str()), Some(state));
        }
        assert_eq!(MailState::parse("queued"), None);
    }
}
