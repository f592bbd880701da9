//! Why a command did not do what was asked, and the exit code that says so.

use std::process::ExitCode;

use bailiwick_api::status::{Code, Detail};
use bailiwick_api::{Error, Status};

use crate::output::plain;

/// What kind of failure it is, as the exit code tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 1: refused, not found, or not signed in.
    Refused,
    /// 2: the command line says something that cannot be meant.
    Usage,
    /// 3: no answer from a Bailiwick server.
    OutOfReach,
}

/// A failure, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Which exit code it gives.
    pub(crate) kind: Kind,
    /// What happened and what to do next, on one line.
    pub(crate) message: String,
    /// More, a line each: fields that are wrong, candidates, the clock.
    pub(crate) lines: Vec<String>,
}

impl Failure {
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub(crate) fn out_of_reach(message: impl Into<String>) -> Self {
        Self::new(Kind::OutOfReach, message)
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            lines: Vec::new(),
        }
    }

    /// The same with one more line.
    #[must_use]
    pub(crate) fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// The same with more lines.
    #[must_use]
    pub(crate) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// As it is printed on stderr. What a server said can move no cursor.
    pub(crate) fn print(&self, error: &str) -> String {
        let mut text = format!("{error} {}\n", plain(&self.message));
        for line in &self.lines {
            text += &format!("  {}\n", plain(line));
        }
        text
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            Kind::Refused => 1,
            Kind::Usage => 2,
            Kind::OutOfReach => 3,
        })
    }
}

/// A refusal by the API. [`Error::Network`] is for the transport to explain.
pub(crate) fn of_api(server: &str, error: &Error) -> Failure {
    match error {
        Error::Network => Failure::out_of_reach(format!("{server} does not answer.")),
        Error::Decode { status } => Failure::out_of_reach(format!(
            "{server} answered something that this version does not understand (HTTP {status}). \
             Use the command line of the same version as the server."
        )),
        Error::Refused { status, .. } => of_status(status),
    }
}

fn of_status(status: &Status) -> Failure {
    let unavailable = status.code == Code::Unavailable;
    let failure = match unavailable {
        true => Failure::out_of_reach(status.message.clone()),
        false => Failure::refused(status.message.clone()),
    };
    let lines = status.details.iter().flat_map(|detail| match detail {
        Detail::BadRequest { field_violations } => field_violations
            .iter()
            .map(|violation| format!("{}: {}", violation.field, violation.description))
            .collect(),
        Detail::PreconditionFailure { violations } => violations
            .iter()
            .filter(|violation| !status.message.contains(&violation.description))
            .map(|violation| violation.description.clone())
            .collect(),
        Detail::RequestInfo { request_id } if status.code == Code::Internal => {
            vec![format!("request id: {request_id}")]
        }
        _ => Vec::new(),
    });
    let step_up = (status.reason() == Some("STEP_UP_REQUIRED"))
        .then(|| "Run `bailiwick auth login`, then this command again.".to_owned());
    failure.lines(lines.chain(step_up).collect::<Vec<_>>())
}
