//! `POST /oauth/introspect` (RFC 7662): a configured client asks what a token is worth now.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::Response;
use http::HeaderMap;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::OauthError;
use crate::json;
use crate::oauth::client_auth;
use crate::oauth::form::Parameters;
use crate::oauth::presented::{self, Presented};
use crate::request::RequestId;

pub(crate) async fn introspect(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answer = ask(&app, &headers, body).await;
    OauthError::answer(answer.map(|answer| json::ok(&answer)), &id)
}

async fn ask(app: &App, headers: &HeaderMap, body: Body) -> Result<Value, OauthError> {
    let form = Parameters::read(headers, body).await?;
    let client = client_auth::authenticate(app, headers, &form)?;
    if !client.introspect {
        return Err(OauthError::unauthorized_client());
    }
    Ok(match presented::find(app, form.needed("token")?).await? {
        // Why it is worth nothing is nobody's business (RFC 7662 §2.2).
        None => json!({ "active": false }),
        Some(found) => describe(app, &found),
    })
}

fn describe(app: &App, Presented { grant, access }: &Presented) -> Value {
    let mut answer = json!({
        "active": true,
        "iss": app.config().origin(),
        "sub": grant.identity,
        "client_id": grant.client_id,
        "scope": grant.scope,
        "exp": grant.expire_time.seconds(),
        "iat": grant.create_time.seconds(),
    });
    if let Some(email) = &grant.email {
        answer["username"] = json!(email);
    }
    if let Some(access) = access {
        answer["token_type"] = json!("Bearer");
        answer["aud"] = json!([app.config().origin()]);
        answer["jti"] = json!(access.jti);
        answer["exp"] = json!(access.exp);
        answer["iat"] = json!(access.iat);
    }
    answer
}
