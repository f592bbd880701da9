//! How often a code may be guessed. In memory: a restart forgets it, and it lasts minutes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};

use crate::client_address::ClientAddress;
use crate::error::Error;

/// How many wrong codes one address may send in [`WINDOW`].
const WRONG_PER_ADDRESS: u32 = 20;
/// How many wrong user codes one person may send in [`WINDOW`].
const WRONG_PER_PERSON: u32 = 5;
/// After the first wrong code, this long until all of them are forgotten.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// How many addresses or people are remembered. Beyond it those go first whose window ends first.
const REMEMBERED_MAX: usize = 10_000;

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

/// Wrong codes by whoever sent them.
#[derive(Debug)]
struct Tries<K>(Mutex<HashMap<K, Wrong>>);

impl<K> Default for Tries<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq + Clone> Tries<K> {
    /// In how many seconds `key` may try again; `None` when it may now.
    fn wait(&self, key: &K, max: u32, now: Micros) -> Option<u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left(&mut all, key, max, now)
    }

    /// Counts a wrong code.
    fn count(&self, key: &K, now: Micros) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        add(&mut all, key, now);
    }

    /// Both in one: whoever sends many codes at once gets no more tries for it.
    fn count_unless_full(&self, key: &K, max: u32, now: Micros) -> Result<(), u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match left(&mut all, key, max, now) {
            Some(seconds) => Err(seconds),
            None => {
                add(&mut all, key, now);
                Ok(())
            }
        }
    }

    /// The code that was counted last was right.
    fn take_back(&self, key: &K) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wrong) = all.get_mut(key) {
            wrong.times = wrong.times.saturating_sub(1);
        }
    }
}

fn left<K: Hash + Eq>(all: &mut HashMap<K, Wrong>, key: &K, max: u32, now: Micros) -> Option<u64> {
    let wrong = all.get(key)?;
    if wrong.is_over(now) {
        all.remove(key);
        return None;
    }
    if wrong.times < max {
        return None;
    }
    let left = wrong.since.later(WINDOW).0.saturating_sub(now.0);
    Some(u64::try_from(left).unwrap_or_default().div_ceil(1_000_000))
}

fn add<K: Hash + Eq + Clone>(all: &mut HashMap<K, Wrong>, key: &K, now: Micros) {
    if all.len() >= REMEMBERED_MAX && !all.contains_key(key) {
        all.retain(|_, wrong| !wrong.is_over(now));
        if all.len() >= REMEMBERED_MAX {
            let oldest = all.iter().min_by_key(|(_, wrong)| wrong.since);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                all.remove(&oldest);
            }
        }
    }
    let fresh = Wrong {
        since: now,
        times: 0,
    };
    let wrong = all.entry(key.clone()).or_insert(fresh);
    if wrong.is_over(now) {
        *wrong = fresh;
    }
    wrong.times = wrong.times.saturating_add(1);
}

/// Wrong codes of invites by address. A code has 256 random bits, so that this keeps noise out
/// rather than guesses from succeeding.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Tries<ClientAddress>);

impl Attempts {
    /// Whether the address may try a code.
    pub(crate) fn may_try(&self, from: ClientAddress, now: Micros) -> Result<(), Error> {
        match self.0.wait(&from, WRONG_PER_ADDRESS, now) {
            None => Ok(()),
            Some(seconds) => Err(Error::too_many_attempts(seconds)),
        }
    }

    /// Counts a wrong code.
    pub(crate) fn was_wrong(&self, from: ClientAddress, now: Micros) {
        self.0.count(&from, now);
    }
}

/// Wrong user codes of devices, by person and by address. A code has 34 bits, so every try counts
/// before it is looked at (RFC 8628 §5.1).
#[derive(Debug, Default)]
pub(crate) struct DeviceAttempts {
    by_person: Tries<Uidp>,
    by_address: Tries<ClientAddress>,
}

impl DeviceAttempts {
    /// Counts a try, unless there were too many.
    pub(crate) fn begin(&self, who: &Uidp, from: ClientAddress, now: Micros) -> Result<(), Error> {
        let person = self.by_person.count_unless_full(who, WRONG_PER_PERSON, now);
        person.map_err(Error::too_many_user_codes)?;
        let address = self
            .by_address
            .count_unless_full(&from, WRONG_PER_ADDRESS, now);
        address.map_err(|seconds| {
            self.by_person.take_back(who);
            Error::too_many_user_codes(seconds)
        })
    }

    /// The code was right: the try does not count.
    pub(crate) fn was_right(&self, who: &Uidp, from: ClientAddress) {
        self.by_person.take_back(who);
        self.by_address.take_back(&from);
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
        for _ in 0..WRONG_PER_ADDRESS {
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
        assert_eq!(attempts.0.0.lock().unwrap().len(), REMEMBERED_MAX);
        // The newest are remembered.
        for _ in 1..WRONG_PER_ADDRESS {
            attempts.was_wrong(address(19_999), Micros(20_000));
        }
        assert!(attempts.may_try(address(19_999), Micros(20_000)).is_err());
    }

    #[test]
    fn a_person_and_an_address_have_a_budget_each_and_a_right_code_costs_nothing() {
        let (attempts, now) = (DeviceAttempts::default(), Micros(1));
        let person = |number: u8| Uidp::root([number; 20]);
        for _ in 0..50 {
            attempts.begin(&person(1), address(1), now).unwrap();
            attempts.was_right(&person(1), address(1));
        }
        for _ in 0..WRONG_PER_PERSON {
            attempts.begin(&person(1), address(1), now).unwrap();
        }
        assert!(attempts.begin(&person(1), address(2), now).is_err());
        for number in 2..5 {
            for _ in 0..WRONG_PER_PERSON {
                attempts.begin(&person(number), address(1), now).unwrap();
            }
        }
        assert!(attempts.begin(&person(9), address(1), now).is_err());
        assert!(attempts.begin(&person(9), address(2), now).is_ok());
        let end = now.later(WINDOW);
        assert!(attempts.begin(&person(1), address(1), end).is_ok());
    }
}
