//! Pure: what is typed into the forms, checked by the domain, and where a refusal belongs.

use bailiwick_api::{Code, Error, GroupWrite};
use bailiwick_domain::{Description, GroupName};

use crate::parts::problem::words;

/// What is wrong with a name.
pub(crate) fn check_name(text: &str) -> Option<String> {
    text.parse::<GroupName>()
        .err()
        .map(|error| error.to_string())
}

/// What is wrong with a description.
pub(crate) fn check_description(text: &str) -> Option<String> {
    text.parse::<Description>()
        .err()
        .map(|error| error.to_string())
}

/// What a form says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// At the name.
    pub(crate) name: Option<String>,
    /// At the description.
    pub(crate) description: Option<String>,
}

/// A new group, or what stands in its way.
pub(crate) fn new_group(name: &str, description: &str) -> Result<GroupWrite, Findings> {
    let findings = Findings {
        name: check_name(name),
        description: check_description(description),
    };
    if findings == Findings::default() {
        Ok(GroupWrite::new(name, description))
    } else {
        Err(findings)
    }
}

/// Sorts a refusal: what the server says of the fields lands there, the rest stays an error of
/// the form.
pub(crate) fn place(error: Error) -> (Findings, Option<Error>) {
    let Some(status) = error.status() else {
        return (Findings::default(), Some(error));
    };
    let field = |name: &str| status.field(name).map(str::to_owned);
    let mut findings = Findings {
        name: field("name"),
        description: field("description"),
    };
    if status.code == Code::AlreadyExists && findings.name.is_none() {
        findings.name = Some(status.message.clone());
    }
    let is_placed = findings != Findings::default();
    (findings, (!is_placed).then_some(error))
}

/// Why a new name was refused, where there is only the one field.
pub(crate) fn name_refusal(error: Error) -> String {
    let (findings, rest) = place(error);
    let rest = rest.map(|error| words(&error));
    findings
        .name
        .or(rest)
        .or(findings.description)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bailiwick_api::Status;

    use super::*;

    fn refused(status: Status) -> Error {
        Error::Refused {
            http: 400,
            status: Box::new(status),
        }
    }

    #[test]
    fn a_draft_is_checked_by_the_domain() {
        let group = new_group("dev", "").unwrap();
        assert_eq!(group.name.as_deref(), Some("dev"));
        let findings = new_group("", "a\nb").unwrap_err();
        assert!(findings.name.is_some() && findings.description.is_some());
    }

    #[test]
    fn what_the_server_says_of_a_field_lands_there() {
        let (findings, rest) = place(refused(Status::invalid("name", "is too odd")));
        assert_eq!(findings.name.as_deref(), Some("is too odd"));
        assert_eq!(rest, None);
    }

    #[test]
    fn a_name_that_is_taken_is_said_at_the_name() {
        let taken = Status::new(
            Code::AlreadyExists,
            "ALREADY_EXISTS",
            "There is a dev already.",
        );
        let (findings, rest) = place(refused(taken));
        assert_eq!(findings.name.as_deref(), Some("There is a dev already."));
        assert_eq!(rest, None);
    }

    #[test]
    fn everything_else_is_said_by_the_form() {
        for error in [
            Error::Network,
            refused(Status::new(
                Code::PermissionDenied,
                "PERMISSION_DENIED",
                "No.",
            )),
            refused(Status::invalid("colour", "is unknown")),
        ] {
            assert_eq!(place(error.clone()), (Findings::default(), Some(error)));
        }
    }
}
