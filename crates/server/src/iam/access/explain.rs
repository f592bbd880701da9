//! `POST /iam/v2/access:explain`.

use axum::response::Response;
use bailiwick_api::page::PageQuery;
use bailiwick_api::{ExplainRequest, Explanation};
use bailiwick_domain::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX};
use bailiwick_store::{Caller, ExplainHandle, OrderField};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::access::check::{capability, entity};
use crate::iam::access::explained::{holder, person, place};
use crate::iam::paging::{Asked, Orders};
use crate::json;

const ORDERS: Orders = &[("name", OrderField::Name)];

pub(crate) async fn explain(
    app: &App,
    explain: &ExplainHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let request: ExplainRequest = json::read(&input.headers, input.body).await?;
    let group = entity("resource", "group", request.resource.as_ref())?;
    let what = request
        .action
        .as_ref()
        .map(|action| capability("", Some(action)))
        .transpose()?;
    let identity = request
        .subject
        .as_ref()
        .map(|subject| entity("subject", "identity", Some(subject)))
        .transpose()?;
    match (identity, what) {
        (Some(identity), what) => {
            if request.page_size.is_some() || request.page_token.is_some() {
                return Err(Error::invalid(
                    "pageSize",
                    "is for a question without a subject: what is known of one person is one answer",
                ));
            }
            let explained = explain.person(&identity, what, &group).await?;
            Ok(json::ok(&person(explained)))
        }
        (None, Some(what)) => {
            let query = page(&request)?;
            let question = format!("holders {} {what} {group}", caller.identity());
            let asked = Asked::new(app, &query, ORDERS, &question)?;
            let after = asked.page.after.as_ref();
            let (group, page) = explain.holders(what, &group, after, query.size).await?;
            let answered = asked.answered(app, &page);
            Ok(json::ok(&Explanation {
                holders: page.rows.into_iter().map(holder).collect(),
                next_page_token: answered.next_page_token,
                ..place(group)
            }))
        }
        (None, None) => Err(Error::invalid(
            "subject",
            "is missing: name a subject, an action, or both",
        )),
    }
}

fn page(request: &ExplainRequest) -> Result<PageQuery, Error> {
    let size = match request.page_size {
        None | Some(0) => PAGE_SIZE_DEFAULT,
        Some(size) => u32::try_from(size)
            .map_err(|_| Error::invalid("pageSize", "must be a whole number from 0 up"))?
            .min(PAGE_SIZE_MAX),
    };
    Ok(PageQuery {
        size,
        token: request.page_token.clone().filter(|token| !token.is_empty()),
        ..PageQuery::default()
    })
}
