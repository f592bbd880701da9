//! Get and list.

use axum::response::Response;
use bailiwick_api::GroupInvitePage;
use bailiwick_api::query::{GroupInviteQuery, parse_states};
use bailiwick_domain::{EMAIL_MAX, InviteState, Mailbox};
use bailiwick_store::{Caller, GroupInvitesHandle, ListInvites, OrderField};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::group_invites::wire::{Detail, wire};
use crate::iam::paging::{Asked, Orders, scope};
use crate::json;

const ORDERS: Orders = &[
    ("create_time", OrderField::CreateTime),
    ("uid", OrderField::Uid),
    ("expiration_time", OrderField::ExpireTime),
];
/// Of all lists this alone begins with the last (the v2 API says so).
const DEFAULT_ORDER: &str = "create_time desc";

pub(crate) async fn list(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let mut query = GroupInviteQuery::parse(&input.query)?;
    query
        .page
        .order_by
        .get_or_insert_with(|| DEFAULT_ORDER.to_owned());
    let email = query
        .email
        .as_deref()
        .map(|text| text.parse::<Mailbox>())
        .transpose()
        .map_err(|error| Error::invalid("email", error.to_string()))?;
    let search = query.search.as_deref().map(searched).transpose()?;
    let question = format!(
        "invites {} {:?} {:?} {:?} {:?} {search:?} {:?}",
        caller.identity(),
        query.scope,
        query.key_id,
        query.role,
        query.email,
        query.states
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let page = invites
        .list(&ListInvites {
            scope: scope(query.scope),
            key_id: query
                .key_id
                .map(|key_id| plain("keyId", key_id))
                .transpose()?,
            role: query.role,
            email: email.map(|email| email.key().clone()),
            search,
            states: states(query.states),
            page: asked.page.clone(),
        })
        .await?;
    let answered = asked.answered(app, &page);
    let now = app.store().now();
    Ok(json::ok(&GroupInvitePage {
        group_invites: page
            .rows
            .into_iter()
            .map(|row| wire(row, now, Detail::Less))
            .collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) async fn get(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let states = states(parse_states(&input.query)?);
    let invite = invites.get(&input.item()?, &states).await?;
    Ok(json::ok(&wire(invite, app.store().now(), Detail::All)))
}

/// What the v2 API knows of: an invite that is over is gone.
fn states(asked: Vec<InviteState>) -> Vec<InviteState> {
    match asked.is_empty() {
        true => vec![InviteState::Pending, InviteState::Expired],
        false => asked,
    }
}

/// A part of an address, in the small letters in which addresses are compared.
fn searched(text: &str) -> Result<String, Error> {
    let text = plain("search", text.trim().to_lowercase())?;
    if text.len() > EMAIL_MAX {
        return Err(Error::invalid(
            "search",
            format!("is longer than {EMAIL_MAX} bytes: no address is"),
        ));
    }
    Ok(text)
}

/// PostgreSQL takes no NUL, and nothing that is looked for has one.
fn plain(field: &str, text: String) -> Result<String, Error> {
    match text.contains('\0') {
        true => Err(Error::invalid(field, "has a NUL, which nothing here has")),
        false => Ok(text),
    }
}
