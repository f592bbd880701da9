//! How often a code may be guessed. In memory: a restart forgets it, and it lasts minutes.

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};

use crate::client_address::ClientAddress;
use crate::error::Error;
use crate::tries::Tries;

/// How many wrong codes one address may send in [`WINDOW`].
const WRONG_PER_ADDRESS: u32 = 20;
/// How many wrong user codes one person may send in [`WINDOW`].
const WRONG_PER_PERSON: u32 = 5;
/// How long wrong codes count.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Wrong codes of invites by address. A code has 256 random bits, so that this keeps noise out
/// rather than guesses from succeeding.
#[derive(Debug)]
pub(crate) struct Attempts(Tries<ClientAddress>);

impl Default for Attempts {
    fn default() -> Self {
        Self(Tries::new(WINDOW))
    }
}

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
#[derive(Debug)]
pub(crate) struct DeviceAttempts {
    by_person: Tries<Uidp>,
    by_address: Tries<ClientAddress>,
}

impl Default for DeviceAttempts {
    fn default() -> Self {
        Self {
            by_person: Tries::new(WINDOW),
            by_address: Tries::new(WINDOW),
        }
    }
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
