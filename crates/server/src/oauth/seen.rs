//! Access tokens whose signature was found right. Whoever has one shows it many times, and checking a
//! signature is most of the work of looking at it. Nothing else is remembered: claims, times and grant
//! are looked at each time, and so is whether the key is still one of ours.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest;
use bailiwick_domain::Micros;

use crate::oauth::claims::Presented;

/// How many are remembered. When there are more, all are forgotten that have expired, else all.
const REMEMBERED_MAX: usize = 10_000;

/// The tokens by their SHA-256. None gets in without a right signature.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<HashMap<[u8; digest::SHA256_OUTPUT_LEN], Known>>);

#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Which key signed it.
    pub(super) kid: String,
    pub(super) claims: Presented,
}

impl Seen {
    pub(super) fn get(&self, token: &str) -> Option<Known> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&key(token)).cloned()
    }

    pub(super) fn keep(&self, token: &str, known: Known, now: Micros) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED_MAX {
            all.retain(|_, known| Micros::from_seconds(known.claims.exp) > now);
        }
        if all.len() >= REMEMBERED_MAX {
            all.clear();
        }
        all.insert(key(token), known);
    }
}

fn key(token: &str) -> [u8; digest::SHA256_OUTPUT_LEN] {
    let hash = digest::digest(&digest::SHA256, token.as_bytes());
    let mut key = [0; digest::SHA256_OUTPUT_LEN];
    key.copy_from_slice(hash.as_ref());
    key
}
