//! The error body of every endpoint: `google.rpc.Status` as JSON (AIP-193).

use serde::{Deserialize, Serialize};

use crate::json::{self, FromJson, Json, from_json};

/// The `domain` of every [`Detail::ErrorInfo`] that this product sends.
pub const ERROR_DOMAIN: &str = "bailiwick";

/// A canonical code of `google.rpc.Code`, as its number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u16", from = "u16")]
#[non_exhaustive]
pub enum Code {
    /// 3: the request itself is wrong. HTTP 400.
    InvalidArgument,
    /// 5: not there, or not for the caller to see. HTTP 404.
    NotFound,
    /// 6: something with this name is there already. HTTP 409.
    AlreadyExists,
    /// 7: the caller sees it but may not do this. HTTP 403.
    PermissionDenied,
    /// 8: too much, or too often. HTTP 413 or 429.
    ResourceExhausted,
    /// 9: the state of the thing forbids it. HTTP 400.
    FailedPrecondition,
    /// 10: it changed meanwhile. HTTP 409.
    Aborted,
    /// 12: no such method here. HTTP 405 or 501.
    Unimplemented,
    /// 13: a fault of the server. HTTP 500.
    Internal,
    /// 14: try again soon. HTTP 503.
    Unavailable,
    /// 16: nobody is signed in. HTTP 401.
    Unauthenticated,
    /// 2, and every number this build does not know.
    Unknown,
}

impl From<Code> for u16 {
    fn from(code: Code) -> Self {
        match code {
            Code::InvalidArgument => 3,
            Code::NotFound => 5,
            Code::AlreadyExists => 6,
            Code::PermissionDenied => 7,
            Code::ResourceExhausted => 8,
            Code::FailedPrecondition => 9,
            Code::Aborted => 10,
            Code::Unimplemented => 12,
            Code::Internal => 13,
            Code::Unavailable => 14,
            Code::Unauthenticated => 16,
            Code::Unknown => 2,
        }
    }
}

impl From<u16> for Code {
    fn from(number: u16) -> Self {
        match number {
            3 => Self::InvalidArgument,
            5 => Self::NotFound,
            6 => Self::AlreadyExists,
            7 => Self::PermissionDenied,
            8 => Self::ResourceExhausted,
            9 => Self::FailedPrecondition,
            10 => Self::Aborted,
            12 => Self::Unimplemented,
            13 => Self::Internal,
            14 => Self::Unavailable,
            16 => Self::Unauthenticated,
            _ => Self::Unknown,
        }
    }
}

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    /// The canonical code.
    #[cfg_attr(feature = "openapi", schema(value_type = u16, example = 3))]
    pub code: Code,
    /// What happened and what to do next, for a person.
    pub message: String,
    /// Facts for programs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub details: Vec<Detail>,
}

from_json!(Status { code, message; details });

/// One of the standard details of `google/rpc/error_details.proto` that we send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "@type", from = "AnyDetail")]
pub enum Detail {
    /// The reason as a word that programs may compare.
    #[serde(rename = "type.googleapis.com/google.rpc.ErrorInfo")]
    ErrorInfo {
        /// UPPER_SNAKE_CASE, a closed list in `docs/api.md`.
        reason: String,
        /// Always [`ERROR_DOMAIN`].
        domain: String,
    },
    /// Which fields are wrong, and what is allowed there.
    #[serde(
        rename = "type.googleapis.com/google.rpc.BadRequest",
        rename_all = "camelCase"
    )]
    BadRequest {
        /// At least one.
        field_violations: Vec<FieldViolation>,
    },
    /// Which state stands in the way.
    #[serde(rename = "type.googleapis.com/google.rpc.PreconditionFailure")]
    PreconditionFailure {
        /// At least one.
        violations: Vec<PreconditionViolation>,
    },
    /// The id under which the server's log tells more.
    #[serde(
        rename = "type.googleapis.com/google.rpc.RequestInfo",
        rename_all = "camelCase"
    )]
    RequestInfo {
        /// Also in the header `X-Request-Id`.
        request_id: String,
    },
    /// A detail that this build does not know.
    Unknown,
}

/// Any detail, as it is read.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AnyDetail {
    #[serde(rename = "@type")]
    kind: String,
    reason: String,
    domain: String,
    field_violations: Vec<FieldViolation>,
    violations: Vec<PreconditionViolation>,
    request_id: String,
}

from_json!(AnyDetail {;
    kind = "@type", reason, domain, field_violations, violations, request_id
});

impl FromJson for Detail {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        AnyDetail::read(json, fine).into()
    }
}

impl FromJson for Code {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        u16::read(json, fine).into()
    }
}

impl From<AnyDetail> for Detail {
    fn from(any: AnyDetail) -> Self {
        match any.kind.strip_prefix("type.googleapis.com/google.rpc.") {
            Some("ErrorInfo") => Self::ErrorInfo {
                reason: any.reason,
                domain: any.domain,
            },
            Some("BadRequest") => Self::BadRequest {
                field_violations: any.field_violations,
            },
            Some("PreconditionFailure") => Self::PreconditionFailure {
                violations: any.violations,
            },
            Some("RequestInfo") => Self::RequestInfo {
                request_id: any.request_id,
            },
            _ => Self::Unknown,
        }
    }
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldViolation {
    /// The JSON name, as `name` or `uidp.childrenOf`.
    pub field: String,
    /// What is allowed, for a person.
    pub description: String,
}

from_json!(FieldViolation { field, description; });

/// A state that forbids the write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreconditionViolation {
    /// As `RESOURCE_NOT_EMPTY`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of the thing in the way.
    #[serde(default)]
    pub subject: String,
    /// For a person.
    pub description: String,
}

from_json!(PreconditionViolation { kind = "type", description; subject });

impl Status {
    /// A status with an [`Detail::ErrorInfo`] of `reason` and no other detail.
    pub fn new(code: Code, reason: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            details: vec![Detail::ErrorInfo {
                reason: reason.to_owned(),
                domain: ERROR_DOMAIN.to_owned(),
            }],
        }
    }

    /// One field is wrong.
    pub fn invalid(field: &str, description: impl Into<String>) -> Self {
        let description = description.into();
        let mut status = Self::new(
            Code::InvalidArgument,
            "INVALID_ARGUMENT",
            format!("Invalid argument: {field}: {description}"),
        );
        status.details.push(Detail::BadRequest {
            field_violations: vec![FieldViolation {
                field: field.to_owned(),
                description,
            }],
        });
        status
    }

    /// The status that a body is, if it is one.
    pub fn read(body: &str) -> Option<Self> {
        json::from_str(body)
    }

    /// The reason word, when the server sent one.
    pub fn reason(&self) -> Option<&str> {
        self.details.iter().find_map(|detail| match detail {
            Detail::ErrorInfo { reason, .. } => Some(reason.as_str()),
            _ => None,
        })
    }

    /// The request id, when the server sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.details.iter().find_map(|detail| match detail {
            Detail::RequestInfo { request_id } => Some(request_id.as_str()),
            _ => None,
        })
    }

    /// What is wrong with `field`, when the server named it.
    pub fn field(&self, field: &str) -> Option<&str> {
        self.details.iter().find_map(|detail| match detail {
            Detail::BadRequest { field_violations } => field_violations
                .iter()
                .find(|violation| violation.field == field)
                .map(|violation| violation.description.as_str()),
            _ => None,
        })
    }

    /// What stands in the way, for [`Code::FailedPrecondition`].
    pub fn violations(&self) -> &[PreconditionViolation] {
        self.details
            .iter()
            .find_map(|detail| match detail {
                Detail::PreconditionFailure { violations } => Some(violations.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_body_reads_like_google_rpc_status() {
        let text = serde_json::to_value(Status::invalid("name", "must not be empty")).unwrap();
        assert_eq!(text["code"], 3);
        assert_eq!(text["details"][0]["reason"], "INVALID_ARGUMENT");
        assert_eq!(text["details"][1]["fieldViolations"][0]["field"], "name");
    }

    #[test]
    fn every_detail_survives_the_wire() {
        for detail in [
            Detail::ErrorInfo {
                reason: "R".into(),
                domain: ERROR_DOMAIN.into(),
            },
            Detail::BadRequest {
                field_violations: vec![FieldViolation {
                    field: "name".into(),
                    description: "d".into(),
                }],
            },
            Detail::PreconditionFailure {
                violations: vec![PreconditionViolation {
                    kind: "K".into(),
                    subject: "s".into(),
                    description: "d".into(),
                }],
            },
            Detail::RequestInfo {
                request_id: "r".into(),
            },
        ] {
            let text = serde_json::to_string(&detail).unwrap();
            assert_eq!(serde_json::from_str::<Detail>(&text).unwrap(), detail);
        }
    }

    #[test]
    fn an_unknown_detail_and_code_survive_reading() {
        let status: Status = serde_json::from_str(
            r#"{"code":77,"message":"m","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[]}]}"#,
        )
        .unwrap();
        assert_eq!(status.code, Code::Unknown);
        assert_eq!(status.details, [Detail::Unknown]);
        assert_eq!(status.reason(), None);
    }
}
