//! What rule 2 answers when it refuses.

use std::fmt;

use crate::CapabilitySet;

/// How many capabilities a message names.
const NAMED: usize = 5;

/// The capabilities of a grant that the writer does not hold where it reaches, or not for as long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeyondReach(pub CapabilitySet);

impl fmt::Display for BeyondReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, capability) in self.0.iter().take(NAMED).enumerate() {
            let between = if at == 0 { "" } else { ", " };
            write!(f, "{between}{}", capability.name())?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
