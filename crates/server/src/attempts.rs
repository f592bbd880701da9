//! How often a code may be guessed from one address. In memory: a restart forgets it, and a code has
//! 256 random bits, so that this keeps noise out rather than guesses from succeeding.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bailiwick_domain::Micros;

use crate::client_address::ClientAddress;
use crate::error::Error;

/// How many wrong codes one address may send in [`WINDOW`].
const WRONG_MAX: u32 = 20;
/// After the first wrong code, this long until all of them are forgotten.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// How many addresses are remembered. Beyond it those go first whose window ends first.
const ADDRESSES_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Wrong {
    since: Micros,
    times: u32,
}

impl Wrong {
    fn is_over(&self, now: Micros) -> bool {
        now >= self.since.later(WINDOW)
    }
}

/// Wrong codes by address.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<ClientAddress, Wrong>>);

impl Attempts {
    /// Whether the address may try a code.
    pub(crate) fn may_try(&self, from: ClientAddress, now: Micros) -> Result<(), Error> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(wrong) = all.get(&from) else {
            return Ok(());
        };
        if wrong.is_over(now) {
            all.remove(&from);
            return Ok(());
        }
        match wrong.times < WRONG_MAX {
            true => Ok(()),
            false => {
                let left = wrong.since.later(WINDOW).0.saturating_sub(now.0);
                let seconds = u64::try_from(left).unwrap_or_default().div_ceil(1_000_000);
                Err(Error::too_many_attempts(seconds))
            }
        }
    }

    /// Counts a wrong code.
    pub(crate) fn was_wrong(&self, from: ClientAddress, now: Micros) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ADDRESSES_MAX && !all.contains_key(&from) {
            all.retain(|_, wrong| !wrong.is_over(now));
            if all.len() >= ADDRESSES_MAX {
                let oldest = all.iter().min_by_key(|(_, wrong)| wrong.since);
                if let Some(oldest) = oldest.map(|(address, _)| *address) {
                    all.remove(&oldest);
                }
            }
        }
        let wrong = all.entry(from).or_insert(Wrong {
            since: now,
            times: 0,
        });
        if wrong.is_over(now) {
            *wrong = Wrong {
                since: now,
                times: 0,
            };
        }
        wrong.times = wrong.times.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn address(number: u32) -> ClientAddress {
        IpAddr::V4(Ipv4Addr::from_bits(number)).into()
    }

    #[test]
    fn one_address_has_so_many_wrong_codes_and_another_its_own() {
        let (attempts, now) = (Attempts::default(), Micros(1));
        for _ in 0..WRONG_MAX {
            assert!(attempts.may_try(address(1), now).is_ok());
            attempts.was_wrong(address(1), now);
        }
        assert!(attempts.may_try(address(1), now).is_err());
        assert!(attempts.may_try(address(2), now).is_ok());
        let end = now.later(WINDOW);
        assert!(attempts.may_try(address(1), Micros(end.0 - 1)).is_err());
        assert!(attempts.may_try(address(1), end).is_ok());
    }

    #[test]
    fn many_addresses_take_no_more_room_than_they_may() {
        let attempts = Attempts::default();
        for number in 0..20_000 {
            attempts.was_wrong(address(number), Micros(i64::from(number)));
        }
        assert_eq!(attempts.0.lock().unwrap().len(), ADDRESSES_MAX);
        // The newest are remembered.
        for _ in 1..WRONG_MAX {
            attempts.was_wrong(address(19_999), Micros(20_000));
        }
        assert!(attempts.may_try(address(19_999), Micros(20_000)).is_err());
    }
}
