//! `/iam/v2/identities`.

use axum::response::Response;
use bailiwick_api::identity::{ClaimMatch, IdentityBinding};
use bailiwick_api::query::{self, IdentityQuery};
use bailiwick_api::role_binding::Described;
use bailiwick_api::{Identity, IdentityPage, IdentityRemove, IdentityRemoved};
use bailiwick_domain::{Micros, parse_ttl};
use bailiwick_store::{Caller, IdentitiesHandle, IdentityRow, ListIdentities, OrderField, Scope};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::paging::{Asked, Orders, scope};
use crate::json;
use crate::wire_time::rfc3339;

const ORDERS: Orders = &[
    ("uid", OrderField::Uid),
    ("name", OrderField::Name),
    ("last_seen_time", OrderField::LastSeenTime),
];

pub(crate) async fn list(
    app: &App,
    identities: &IdentitiesHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let query = IdentityQuery::parse(&input.query)?;
    let question = format!(
        "identities {} {:?} {:?} {:?} {:?} {:?}",
        caller.identity(),
        query.scope,
        query.search,
        query.role,
        query.ending_within,
        query.unseen_for
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let now = app.store().now();
    let (scope, ids) = match scope(query.scope) {
        Scope::Ids(uids) => (Scope::All, Some(uids)),
        scope => (scope, None),
    };
    let page = identities
        .list(&ListIdentities {
            scope,
            ids,
            search: query.search,
            role: query.role,
            ending_before: life(query.ending_within.as_deref(), |life| now.later(life)),
            unseen_since: life(query.unseen_for.as_deref(), |life| now.earlier(life)),
            page: asked.page.clone(),
        })
        .await?;
    let answered = asked.answered(app, &page);
    Ok(json::ok(&IdentityPage {
        identities: page.rows.into_iter().map(|row| wire(app, row)).collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) async fn get(
    app: &App,
    identities: &IdentitiesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let group = query::parse_group(&input.query)?;
    let row = identities.get(&input.item()?, group).await?;
    Ok(json::ok(&wire(app, row)))
}

pub(crate) async fn remove(
    identities: &IdentitiesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let identity = input.item()?;
    let body: IdentityRemove = json::read(&input.headers, input.body).await?;
    let group = body.group.unwrap_or_default();
    let group = group.parse().map_err(|_| {
        Error::invalid(
            "group",
            "must be the UIDP of the organization or folder that they are removed from",
        )
    })?;
    let count = identities.remove(identity, group).await?;
    Ok(json::ok(&IdentityRemoved {
        role_binding_count: u32::try_from(count).unwrap_or(u32::MAX),
    }))
}

/// The query has read it already, so what is no length of time is not there.
fn life(text: Option<&str>, at: impl Fn(std::time::Duration) -> Micros) -> Option<Micros> {
    parse_ttl(text?).ok().map(at)
}

fn wire(app: &App, row: IdentityRow) -> Identity {
    let described = |uid, name| Described {
        uid,
        name,
        description: String::new(),
    };
    let mut providers = app.config().providers.iter();
    let issuer = row.identity.issuer.as_deref();
    Identity {
        uid: row.identity.uid,
        provider_name: providers
            .find(|provider| Some(provider.issuer.as_str()) == issuer)
            .map(|provider| provider.name.clone()),
        name: row.identity.name.unwrap_or_default(),
        email: row.identity.email,
        last_seen_time: row.last_seen_time.map(rfc3339),
        create_time: row.create_time.map(rfc3339),
        claim_match: row
            .identity
            .issuer
            .zip(row.identity.subject)
            .map(|(issuer, subject)| ClaimMatch { issuer, subject }),
        suspended: row.suspended,
        role_binding_count: u32::try_from(row.binding_count).unwrap_or(u32::MAX),
        role_bindings: row
            .bindings
            .into_iter()
            .map(|binding| IdentityBinding {
                uid: binding.uid,
                group: described(binding.group, binding.group_name),
                role: described(binding.role, binding.role_name),
                expire_time: binding.ends_at.map(rfc3339),
            })
            .collect(),
    }
}
