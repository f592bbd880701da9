//! A token that somebody shows us, and the grant that it lives by.

use bailiwick_store::{LiveGrant, RefreshToken, StoreError};

use crate::app::App;
use crate::oauth::claims::{self, AccessToken};

/// A token that could be used now.
#[derive(Debug)]
pub(crate) struct Presented {
    pub(crate) grant: LiveGrant,
    /// Of an access token.
    pub(crate) access: Option<AccessToken>,
}

/// Finds what a token stands for, in one statement; `None` when it is none of ours, or over.
pub(crate) async fn find(app: &App, token: &str) -> Result<Option<Presented>, StoreError> {
    let found = match RefreshToken::from_client(token) {
        Some(token) => app
            .store()
            .grant_of_refresh_token(&token)
            .await?
            .map(|grant| Presented {
                grant,
                access: None,
            }),
        None => match claims::verify(app, token).await? {
            None => None,
            Some(access) => app
                .store()
                .client_grant(&access.grant)
                .await?
                .filter(|grant| access.is_of(grant))
                .map(|grant| Presented {
                    grant,
                    access: Some(access),
                }),
        },
    };
    Ok(found.filter(|found| app.config().client(&found.grant.client_id).is_some()))
}
