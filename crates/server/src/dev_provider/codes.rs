//! Codes of the development provider: in memory, one use, one minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bailiwick_store::{Secret, StoreError};

const LIFE: Duration = Duration::from_secs(60);

/// What a code stands for.
#[derive(Debug, Clone)]
pub(super) struct Granted {
    pub(super) email: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
}

#[derive(Debug, Default)]
pub(super) struct Codes(Mutex<HashMap<String, (Instant, Granted)>>);

impl Codes {
    pub(super) fn grant(&self, granted: Granted) -> Result<Secret, StoreError> {
        let code = Secret::random()?;
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, (made, _)| made.elapsed() < LIFE);
        codes.insert(code.hash(), (Instant::now(), granted));
        Ok(code)
    }

    pub(super) fn take(&self, code: &str) -> Option<Granted> {
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (made, granted) = codes.remove(&Secret::from_client(code).hash())?;
        (made.elapsed() < LIFE).then_some(granted)
    }
}
