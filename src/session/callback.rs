//! Coming back from the provider: the answer in the address bar is checked and turned into a
//! session.

use bailiwick_api::{Error, SessionCreate};

use crate::api::Client;
use crate::browser;
use crate::routes;

use super::{Session, pending, sign_in};

/// Why there is no session.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Failure {
    /// This browser began no such sign-in, or too long ago, or it came back twice.
    Unknown,
    /// The answer says it comes from another issuer, or from none.
    OtherIssuer,
    /// The provider, or our issuer, said no.
    Denied {
        /// As `access_denied`.
        error: String,
        /// In its own words; may be empty.
        description: String,
        /// By which the log knows it; may be empty.
        request_id: String,
    },
    /// The code was refused, or the server could not be asked.
    Refused(Error),
    /// The session that the server made belongs to another sign-in. It is ended again.
    OtherNonce,
}

/// The answer in the address bar.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    state: String,
    code: Option<String>,
    issuer: Option<String>,
    error: Option<String>,
    description: String,
    request_id: String,
}

impl Answer {
    /// Reads it. Whoever does so takes it out of the address bar next.
    pub(crate) fn read() -> Self {
        Self {
            state: browser::query_value("state").unwrap_or_default(),
            code: browser::query_value("code"),
            issuer: browser::query_value("iss"),
            error: browser::query_value("error"),
            description: browser::query_value("error_description").unwrap_or_default(),
            request_id: browser::query_value("request_id").unwrap_or_default(),
        }
    }
}

impl Session {
    /// Ends a sign-in. Answers with the path to go on to.
    pub(crate) async fn finish(self, client: &Client, answer: Answer) -> Result<String, Failure> {
        let entry = pending::take(&answer.state, browser::now_ms()).ok_or(Failure::Unknown)?;
        self.remember(&entry.return_to);
        self.hold_invite(&entry.invite);
        // RFC 9207: an answer of another issuer must not reach our token endpoint.
        if answer.issuer.as_deref() != Some(browser::origin().as_str()) {
            return Err(Failure::OtherIssuer);
        }
        let code = match (answer.error, answer.code) {
            (None, Some(code)) => code,
            (None, None) => return Err(Failure::Unknown),
            (Some(error), _) => {
                return Err(Failure::Denied {
                    error,
                    description: answer.description,
                    request_id: answer.request_id,
                });
            }
        };
        let create = SessionCreate {
            code,
            code_verifier: entry.verifier,
        };
        let session = client
            .create_session(&create)
            .await
            .map_err(Failure::Refused)?;
        if session.nonce.as_ref() != Some(&entry.nonce) {
            client.transport().speak_for(Some(&session.id));
            // The session is not shown either way; if this fails, it idles out.
            let _ = client.delete_session().await;
            self.exit(client);
            return Err(Failure::OtherNonce);
        }
        sign_in::remember_provider(&entry.provider);
        self.enter(client, session);
        self.tell_other_tabs();
        Ok(routes::return_to(&entry.return_to).to_owned())
    }
}
