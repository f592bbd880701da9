//! `[limits]`: how much one address and one person may ask of the server.

use serde::{Deserialize, Serialize};

use super::Problem;

/// How much may be asked in a minute.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How many sign-ins may begin from one address, or from one /64 of IPv6.
    #[serde(default = "default_sign_ins")]
    pub sign_ins_per_minute: u32,
    /// How many requests may come from one person, of all their sessions and clients.
    #[serde(default = "default_requests")]
    pub requests_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_ins_per_minute: default_sign_ins(),
            requests_per_minute: default_requests(),
        }
    }
}

impl Limits {
    /// For a server that only this machine can reach.
    pub(super) const NONE: Self = Self {
        sign_ins_per_minute: u32::MAX,
        requests_per_minute: u32::MAX,
    };

    pub(super) fn problems(self) -> Option<Problem> {
        let least = self.sign_ins_per_minute.min(self.requests_per_minute);
        (least == 0).then_some(Problem::NothingAllowed)
    }
}

/// Enough for an office behind one address on a Monday morning.
fn default_sign_ins() -> u32 {
    120
}

/// 50 a second, a minute long: more than a person does, and what a script can live with.
fn default_requests() -> u32 {
    3_000
}
