//! `access:check`: questions and answers in the shape of the OpenID AuthZEN Authorization API 1.0,
//! §6 (one evaluation) and §7 (several).

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::json::{Json, ToJson, to_json};

/// One question or several. What stands outside `evaluations` holds for each of them that does not
/// say it itself.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckRequest {
    /// May this identity …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Entity>,
    /// … do this …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// … at this group?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Entity>,
    /// The questions, up to 100. Absent or empty: the one that stands outside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evaluations: Vec<Evaluation>,
    /// How many of them to answer.
    pub options: Options,
    /// Accepted, and no part of any decision.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    context: IgnoredAny,
}

/// One of several questions.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evaluation {
    /// May this identity …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Entity>,
    /// … do this …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// … at this group?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Entity>,
    /// Accepted, and no part of any decision.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    context: IgnoredAny,
}

/// An identity (`type` is `identity`) or a group (`type` is `group`).
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entity {
    /// `identity` or `group`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The UIDP.
    pub id: String,
    /// Accepted, and no part of any decision.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    properties: IgnoredAny,
}

impl ToJson for Entity {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("type".to_owned(), self.kind.to_json()),
            ("id".to_owned(), self.id.to_json()),
        ])
    }
}

impl Entity {
    /// An entity of a kind.
    pub fn new(kind: &str, id: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.to_owned(),
            ..Self::default()
        }
    }
}

/// A capability.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Action {
    /// The capability's name: `groups.list`.
    pub name: String,
    /// Accepted, and no part of any decision.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    properties: IgnoredAny,
}

to_json!(Action { name });

impl Action {
    /// The action of a capability.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// How several questions are answered.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Options {
    /// Where to stop.
    #[serde(rename = "evaluations_semantic", alias = "evaluationsSemantic")]
    pub semantic: Semantic,
}

/// Where to stop answering (AuthZEN §7.1.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Semantic {
    /// At the last.
    #[default]
    ExecuteAll,
    /// After the first no.
    DenyOnFirstDeny,
    /// After the first yes.
    PermitOnFirstPermit,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswer {
    /// Yes or no. Also no where the caller may not ask; then `context` says so.
    pub decision: bool,
    /// Why there is no real answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<CheckContext>,
}

/// Beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckContext {
    /// Why the caller may not ask.
    pub error: CheckError,
}

/// Why the caller may not ask.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckError {
    /// As an HTTP status: 403 or 404.
    pub status: u16,
    /// For a person.
    pub message: String,
}

/// The answers to several questions, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswers {
    /// One for each question, up to where `options` stops.
    pub evaluations: Vec<CheckAnswer>,
}
