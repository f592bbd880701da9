//! `POST /iam/v2/access:check`: the shape of the OpenID AuthZEN Authorization API 1.0.

use axum::response::Response;
use bailiwick_api::access::{Action, CheckContext, CheckError, Entity, Semantic};
use bailiwick_api::{CheckAnswer, CheckAnswers, CheckRequest};
use bailiwick_domain::{CHECKS_MAX, Capability, Uidp};
use bailiwick_store::{self as store, ChecksHandle, Question};

use crate::dispatch::Input;
use crate::error::Error;
use crate::json;

pub(crate) async fn check(checks: &ChecksHandle<'_>, input: Input) -> Result<Response, Error> {
    let request: CheckRequest = json::read(&input.headers, input.body).await?;
    let (subject, action, resource) = (
        request.subject.as_ref(),
        request.action.as_ref(),
        request.resource.as_ref(),
    );
    if request.evaluations.is_empty() {
        let question = question("", subject, action, resource)?;
        let answers = checks.ask(&[question]).await?;
        return Ok(json::ok(&answers.into_iter().next().map(wire)));
    }
    if request.evaluations.len() > CHECKS_MAX {
        return Err(Error::invalid(
            "evaluations",
            format!("has more than {CHECKS_MAX} questions: ask them in parts"),
        ));
    }
    let questions = request
        .evaluations
        .iter()
        .enumerate()
        .map(|(at, one)| {
            question(
                &format!("evaluations[{at}]."),
                one.subject.as_ref().or(subject),
                one.action.as_ref().or(action),
                one.resource.as_ref().or(resource),
            )
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut evaluations: Vec<CheckAnswer> = checks
        .ask(&questions)
        .await?
        .into_iter()
        .map(wire)
        .collect();
    let last = match request.options.semantic {
        Semantic::ExecuteAll => None,
        Semantic::DenyOnFirstDeny => evaluations.iter().position(|answer| !answer.decision),
        Semantic::PermitOnFirstPermit => evaluations.iter().position(|answer| answer.decision),
    };
    if let Some(last) = last {
        evaluations.truncate(last + 1);
    }
    Ok(json::ok(&CheckAnswers { evaluations }))
}

fn question(
    at: &str,
    subject: Option<&Entity>,
    action: Option<&Action>,
    resource: Option<&Entity>,
) -> Result<Question, Error> {
    let capability = capability(at, action)?;
    Ok(Question {
        identity: entity(&format!("{at}subject"), "identity", subject)?,
        capability,
        group: entity(&format!("{at}resource"), "group", resource)?,
    })
}

/// The capability of an action. `at` is where the action stands in the body: empty, or ending in a
/// dot.
pub(super) fn capability(at: &str, action: Option<&Action>) -> Result<Capability, Error> {
    let name = action.map_or("", |action| action.name.as_str());
    Capability::from_name(name).ok_or_else(|| {
        Error::invalid(
            &format!("{at}action.name"),
            "must be the name of a capability, as groups.list",
        )
    })
}

/// The id of an entity of this kind.
pub(super) fn entity(field: &str, kind: &str, entity: Option<&Entity>) -> Result<Uidp, Error> {
    let Some(entity) = entity else {
        return Err(Error::invalid(field, "is missing"));
    };
    if entity.kind != kind {
        return Err(Error::invalid(
            &format!("{field}.type"),
            format!("must be {kind}"),
        ));
    }
    entity
        .id
        .parse()
        .map_err(|_| Error::invalid(&format!("{field}.id"), "must be a UIDP"))
}

fn wire(answer: store::CheckAnswer) -> CheckAnswer {
    let refused = |status, message: String| CheckAnswer {
        decision: false,
        context: Some(CheckContext {
            error: CheckError { status, message },
        }),
    };
    match answer {
        store::CheckAnswer::Decided(decision) => CheckAnswer {
            decision,
            context: None,
        },
        store::CheckAnswer::Unseen => refused(
            404,
            "There is no such group, or you may not see it.".to_owned(),
        ),
        store::CheckAnswer::Missing(what) => refused(
            403,
            format!("Asking about others here takes {}.", what.name()),
        ),
    }
}
