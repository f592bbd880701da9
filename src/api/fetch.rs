//! Sends calls by the browser's fetch, and says in each for which session the page was drawn.

use bailiwick_api::{Call, Reply, Status, Transport};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, RequestRedirect, Response};

use crate::browser;

/// The header that carries the session's public id, and what it says when nobody is signed in.
const SESSION_HEADER: &str = "x-bailiwick";
const NOBODY: &str = "none";

/// The browser's transport. Clones share one state.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    session: ArcRwSignal<String>,
    ended: ArcRwSignal<bool>,
}

impl Default for Fetch {
    fn default() -> Self {
        Self {
            session: ArcRwSignal::new(NOBODY.to_owned()),
            ended: ArcRwSignal::new(false),
        }
    }
}

impl Fetch {
    /// Sends for the session with this public id from now on, or for nobody.
    pub(crate) fn speak_for(&self, session: Option<&str>) {
        self.session.set(session.unwrap_or(NOBODY).to_owned());
        self.ended.set(false);
    }

    /// Whether the server no longer knows the session that was spoken for. Tracked.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.get()
    }

    async fn fetch(&self, call: &Call) -> Result<Reply, JsValue> {
        let headers = Headers::new()?;
        headers.set(SESSION_HEADER, &self.session.get_untracked())?;
        let init = RequestInit::new();
        init.set_method(call.method.as_str());
        init.set_redirect(RequestRedirect::Error);
        if let Some(body) = &call.body {
            headers.set("content-type", "application/json")?;
            init.set_body(&JsValue::from_str(body));
        }
        init.set_headers(&headers);
        let answer = window().fetch_with_str_and_init(&call.path, &init);
        let response: Response = JsFuture::from(answer).await?.dyn_into()?;
        let body = JsFuture::from(response.text()?).await?;
        Ok(Reply {
            status: response.status(),
            body: body.as_string().unwrap_or_default(),
        })
    }
}

impl Transport for Fetch {
    async fn send(&self, call: Call) -> Option<Reply> {
        let reply = self.fetch(&call).await.ok()?;
        if reply.status == 401 && self.session.with_untracked(|session| session != NOBODY) {
            self.ended.set(true);
        }
        if reply.status == 409 && is_session_changed(&reply.body) {
            // Another person signed in on this browser. What is on the page is not for them.
            browser::reload();
            std::future::pending::<()>().await;
        }
        Some(reply)
    }
}

fn is_session_changed(body: &str) -> bool {
    serde_json::from_str::<Status>(body)
        .is_ok_and(|status| status.reason() == Some("SESSION_CHANGED"))
}
