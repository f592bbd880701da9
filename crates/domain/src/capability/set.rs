//! Sets of capabilities as 256 bits, and the two forms in which they travel.

use std::fmt;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Capability;
use super::table::TABLE;

const WORDS: usize = 4;

/// The original's sets begin at this length, in bits, and never travel shorter.
const WIRE_BITS_MIN: u64 = 50;

/// Written padded, as the original does; read with padding or without.
const WIRE: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Any number of capabilities.
///
/// INVARIANT: every bit that is set has a row in the catalogue. What comes from outside loses the
/// bits that have none, so that a set from another version never grants what nobody can name.
#[derive(Copy, Clone, Default, PartialEq, Eq, Hash)]
pub struct CapabilitySet([u64; WORDS]);

/// Why a text is not a set in its wire form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// It is not base64url.
    #[error("a capability set is base64url")]
    Base64,
    /// It is not a length followed by as many bits in whole words.
    #[error("a capability set is a length followed by as many bits in whole words")]
    Length,
}

impl CapabilitySet {
    /// The set of nothing.
    pub const fn empty() -> Self {
        Self([0; WORDS])
    }

    /// Adds `capability`.
    pub const fn insert(&mut self, capability: Capability) {
        let (word, mask) = place(capability);
        self.0[word] |= mask;
    }

    /// Takes `capability` out.
    pub const fn remove(&mut self, capability: Capability) {
        let (word, mask) = place(capability);
        self.0[word] &= !mask;
    }

    /// Whether `capability` is in the set.
    #[inline]
    pub const fn contains(&self, capability: Capability) -> bool {
        let (word, mask) = place(capability);
        self.0[word] & mask != 0
    }

    /// What is in this set or in `other`.
    pub const fn union(&self, other: &Self) -> Self {
        let [a, b, c, d] = self.0;
        let [e, f, g, h] = other.0;
        Self([a | e, b | f, c | g, d | h])
    }

    /// What is in this set and in `other`.
    pub const fn intersection(&self, other: &Self) -> Self {
        let [a, b, c, d] = self.0;
        let [e, f, g, h] = other.0;
        Self([a & e, b & f, c & g, d & h])
    }

    /// What is in this set and not in `other`.
    pub const fn difference(&self, other: &Self) -> Self {
        let [a, b, c, d] = self.0;
        let [e, f, g, h] = other.0;
        Self([a & !e, b & !f, c & !g, d & !h])
    }

    /// Whether `other` has everything that this set has.
    pub const fn is_subset_of(&self, other: &Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(&self) -> bool {
        let [a, b, c, d] = self.0;
        a | b | c | d == 0
    }

    /// How many capabilities are in the set.
    pub const fn len(&self) -> usize {
        let [a, b, c, d] = self.0;
        (a.count_ones() + b.count_ones() + c.count_ones() + d.count_ones()) as usize
    }

    /// What is in the set, sorted by number.
    pub fn iter(&self) -> impl Iterator<Item = Capability> + '_ {
        Capability::all().filter(|&capability| self.contains(capability))
    }

    /// The set as the original's tokens carry it: padded base64url of a big-endian length in bits
    /// and the bits in big-endian words.
    pub fn to_wire(&self) -> String {
        let bits = self
            .highest_bit()
            .map_or(0, |bit| bit + 1)
            .max(WIRE_BITS_MIN);
        let n_words = bits.div_ceil(64);
        let mut bytes = bits.to_be_bytes().to_vec();
        for (word, _) in self.0.iter().zip(0..n_words) {
            bytes.extend(word.to_be_bytes());
        }
        WIRE.encode(bytes)
    }

    /// Reads what [`to_wire`](Self::to_wire) writes. Bits that stand for no capability of ours
    /// are left out; what is malformed is a [`WireError`].
    pub fn from_wire(text: &str) -> Result<Self, WireError> {
        let bytes = WIRE.decode(text).map_err(|_| WireError::Base64)?;
        let (words, []) = bytes.as_chunks::<8>() else {
            return Err(WireError::Length);
        };
        let (bits, words) = words.split_first().ok_or(WireError::Length)?;
        let bits = u64::from_be_bytes(*bits);
        if bits.div_ceil(64) != words.len() as u64 {
            return Err(WireError::Length);
        }
        let used_of_last = (bits % 64) as u32;
        if let Some(last) = words.last()
            && used_of_last > 0
            && u64::from_be_bytes(*last) >> used_of_last != 0
        {
            return Err(WireError::Length);
        }
        let mut set = [0; WORDS];
        for (to, from) in set.iter_mut().zip(words) {
            *to = u64::from_be_bytes(*from);
        }
        Ok(Self(set).known_part())
    }

    /// The set of the capabilities with these numbers, the older form of a set. Numbers that
    /// stand for no capability of ours are left out.
    pub fn from_numbers(numbers: impl IntoIterator<Item = u64>) -> Self {
        numbers
            .into_iter()
            .filter_map(|number| Capability::from_number(u16::try_from(number).ok()?))
            .collect()
    }

    /// The numbers of what is in the set, ascending: what [`from_numbers`](Self::from_numbers)
    /// reads.
    pub fn numbers(&self) -> impl Iterator<Item = u16> + '_ {
        self.iter().map(Capability::number)
    }

    /// The set as the database stores it: bit *i* is bit `i % 8` of byte `i / 8`.
    pub fn to_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip(self.0) {
            *to = word.to_le_bytes();
        }
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) writes. Bits that stand for no capability of ours
    /// are left out.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut set = [0; WORDS];
        for (to, word) in set.iter_mut().zip(bytes.as_chunks().0) {
            *to = u64::from_le_bytes(*word);
        }
        Self(set).known_part()
    }

    /// The set of the capabilities with these names, which must exist. Meant for constants, where
    /// a name that does not exist is an error at compile time.
    pub(crate) const fn known(names: &[&str]) -> Self {
        let mut set = Self::empty();
        let mut at = 0;
        while at < names.len() {
            set.insert(Capability::known(names[at]));
            at += 1;
        }
        set
    }

    fn known_part(self) -> Self {
        // A mask made at compile time: walking the table would link its texts into the console.
        const KNOWN: CapabilitySet = CapabilitySet::of_table();
        self.intersection(&KNOWN)
    }

    const fn of_table() -> Self {
        let mut set = Self::empty();
        let mut at = 0;
        while at < TABLE.len() {
            set.0[TABLE[at].bit as usize / 64] |= 1 << (TABLE[at].bit % 64);
            at += 1;
        }
        set
    }

    fn highest_bit(&self) -> Option<u64> {
        self.iter()
            .map(|capability| u64::from(capability.bit()))
            .max()
    }
}

/// The word and the bit in it where `capability` stands.
#[inline]
const fn place(capability: Capability) -> (usize, u64) {
    let bit = capability.bit();
    ((bit / 64) as usize, 1 << (bit % 64))
}

impl FromIterator<Capability> for CapabilitySet {
    fn from_iter<I: IntoIterator<Item = Capability>>(capabilities: I) -> Self {
        let mut set = Self::empty();
        set.extend(capabilities);
        set
    }
}

impl Extend<Capability> for CapabilitySet {
    fn extend<I: IntoIterator<Item = Capability>>(&mut self, capabilities: I) {
        for capability in capabilities {
            self.insert(capability);
        }
    }
}

impl fmt::Debug for CapabilitySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
