//! Identities by UIDP or by address.

use bailiwick_api::Identity;
use bailiwick_api::query::IdentityQuery;
use bailiwick_domain::Uidp;

use crate::failure::Failure;
use crate::iam::identities_of;
use crate::resolve::only;
use crate::server::Server;

/// The identity that is meant by a UIDP, by the address that a provider vouches for, or by `me`. A
/// UIDP need not be known to anyone yet.
///
/// # Errors
/// None of these, or several.
pub(crate) async fn identity(server: &Server, text: &str) -> Result<Uidp, Failure> {
    if let Ok(uid) = text.parse::<Uidp>() {
        return Ok(uid);
    }
    if text == "me" {
        let who = server.done(server.client.who_am_i().await)?;
        return Ok(who.subject);
    }
    if !text.contains('@') {
        return Err(Failure::usage(format!(
            "{text:?} is no identity: give its id or its address, or say me."
        )));
    }
    let query = IdentityQuery {
        search: Some(text.to_owned()),
        ..IdentityQuery::default()
    };
    let mut found = identities_of(server, query).await?;
    let matches = |identity: &Identity| {
        let email = identity.email.as_deref();
        email.is_some_and(|email| email.eq_ignore_ascii_case(text))
    };
    found.retain(matches);
    let none = format!(
        "There is nobody {text:?} in your organizations. Invite them, or give the id that \
         `bailiwick auth status` shows them."
    );
    let one = only(found, &format!("identity {text:?}"), &none, |identity| {
        let provider = identity.provider_name.as_deref().unwrap_or_default();
        format!("{}  {provider}", identity.uid)
    })?;
    Ok(one.uid)
}
