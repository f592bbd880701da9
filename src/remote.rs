//! Pure: a thing that comes from the server: on its way, here, or failed.

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

    /// Whether it is here, or why not, without the thing.
    pub(crate) fn bare(&self) -> Remote<()> {
        match self {
            Self::Loading => Remote::Loading,
            Self::Ready(_) => Remote::Ready(()),
            Self::Failed(error) => Remote::Failed(error.clone()),
        }
    }

    /// A newer answer. What is here stays when the server could not answer: it is old, not wrong.
    pub(crate) fn renew(&mut self, answer: Result<T, Error>) {
        match answer {
            Err(error) if self.ready().is_some() && is_passing(&error) => {}
            answer => *self = answer.into(),
        }
    }
}

impl Remote<()> {
    /// Whether another thing is here as well.
    pub(crate) fn and(self, other: Self) -> Self {
        match self {
            Self::Ready(()) => other,
            first => first,
        }
    }
}

/// Whether the same question may well be answered a little later.
pub(crate) fn is_passing(error: &Error) -> bool {
    error.http().is_none_or(|status| status >= 500)
}

impl<T> From<Result<T, Error>> for Remote<T> {
    fn from(answer: Result<T, Error>) -> Self {
        match answer {
            Ok(thing) => Self::Ready(thing),
            Err(error) => Self::Failed(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_here_stays_when_the_server_is_gone_but_not_when_the_thing_is() {
        let mut shown = Remote::Ready(1);
        shown.renew(Err(Error::Network));
        assert_eq!(shown, Remote::Ready(1));
        shown.renew(Err(Error::Decode { status: 502 }));
        assert_eq!(shown, Remote::Ready(1));
        shown.renew(Ok(2));
        assert_eq!(shown, Remote::Ready(2));
        let gone = Error::Decode { status: 404 };
        shown.renew(Err(gone.clone()));
        assert_eq!(shown, Remote::Failed(gone));
    }

    #[test]
    fn two_things_are_here_once_both_are() {
        let failed = Remote::Failed(Error::Network);
        assert_eq!(Remote::Ready(1).bare().and(failed.clone()), failed);
        assert_eq!(failed.clone().and(Remote::Ready(())), failed);
        assert_eq!(Remote::Loading.and(failed), Remote::Loading);
        assert_eq!(Remote::Ready(()).and(Remote::Ready(())), Remote::Ready(()));
    }

    #[test]
    fn a_first_answer_that_fails_is_said() {
        let mut shown = Remote::<u8>::Loading;
        shown.renew(Err(Error::Network));
        assert_eq!(shown, Remote::Failed(Error::Network));
    }
}
