//! A thing that comes from the server: on its way, here, or failed.

use bailiwick_api::Error;

/// What a page shows of a thing that it asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remote<T> {
    /// Asked for.
    Loading,
    /// Arrived.
    Ready(T),
    /// Will not arrive unless asked for again.
    Failed(Error),
}

impl<T> Remote<T> {
    /// The thing, if it arrived.
    pub(crate) fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(thing) => Some(thing),
            _ => None,
        }
    }
}

impl<T> From<Result<T, Error>> for Remote<T> {
    fn from(answer: Result<T, Error>) -> Self {
        match answer {
            Ok(thing) => Self::Ready(thing),
            Err(error) => Self::Failed(error),
        }
    }
}
