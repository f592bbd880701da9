//! How much one address and one person may ask of the server, so that nobody keeps it from the rest.

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};

use crate::client_address::ClientAddress;
use crate::config;
use crate::error::Error;
use crate::tries::Tries;

const MINUTE: Duration = Duration::from_secs(60);
/// How many tokens, codes and client secrets of one address may be refused in [`REFUSED_WINDOW`].
/// None of them can be guessed: this keeps noise away from the database.
const REFUSED_MAX: u32 = 60;
const REFUSED_WINDOW: Duration = Duration::from_secs(5 * 60);

/// What was asked so far. An answer in the error case is how many seconds to wait.
#[derive(Debug)]
pub(crate) struct Limits {
    most: config::Limits,
    sign_ins: Tries<ClientAddress>,
    callbacks: Tries<ClientAddress>,
    refused: Tries<ClientAddress>,
    requests: Tries<Uidp>,
}

impl Limits {
    pub(crate) fn new(most: config::Limits) -> Self {
        Self {
            most,
            sign_ins: Tries::new(MINUTE),
            callbacks: Tries::new(MINUTE),
            refused: Tries::new(REFUSED_WINDOW),
            requests: Tries::new(MINUTE),
        }
    }

    /// A sign-in begins.
    pub(crate) fn begin_sign_in(&self, from: ClientAddress, now: Micros) -> Result<(), u64> {
        let most = self.most.sign_ins_per_minute;
        self.sign_ins.count_unless_full(&from, most, now)
    }

    /// A browser comes back from a provider.
    pub(crate) fn come_back(&self, from: ClientAddress, now: Micros) -> Result<(), u64> {
        let most = self.most.sign_ins_per_minute;
        self.callbacks.count_unless_full(&from, most, now)
    }

    /// Whether the address may still show a token.
    pub(crate) fn may_present(&self, from: ClientAddress, now: Micros) -> Result<(), u64> {
        self.refused
            .wait(&from, REFUSED_MAX, now)
            .map_or(Ok(()), Err)
    }

    /// What it showed was worth nothing.
    pub(crate) fn was_refused(&self, from: ClientAddress, now: Micros) {
        self.refused.count(&from, now);
    }

    /// A person asks for anything.
    pub(crate) fn ask(&self, who: &Uidp, now: Micros) -> Result<(), Error> {
        let most = self.most.requests_per_minute;
        let asked = self.requests.count_unless_full(who, most, now);
        asked.map_err(Error::too_many_requests)
    }
}
