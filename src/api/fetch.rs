//! Sends calls by the browser's fetch, and says in each for which session the page was drawn.

use bailiwick_api::{Call, Method, Reply, Status, Transport};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, RequestRedirect, Response};

use crate::browser;
use crate::reactive::on_cleanup;
use crate::state::{RwSignal, StoredValue};
use crate::ui::dom::window;

use super::kept::Kept;

/// The header that carries the session's public id, and what it says when nobody is signed in.
const SESSION_HEADER: &str = "x-bailiwick";
const NOBODY: &str = "none";

/// What the server wants of the person before it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Nothing,
    /// A sign-in: it no longer knows the session that was spoken for.
    SignIn,
    /// A sign-in that is not long ago.
    StepUp,
}

/// The browser's transport. Clones share one state.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    session: RwSignal<String>,
    wanted: RwSignal<Wanted>,
    /// How many answers are awaited.
    awaited: RwSignal<usize>,
    /// Whether the last call found no server.
    unreachable: RwSignal<bool>,
    /// Counts what was forgotten, so that what shows is asked for again.
    forgotten: RwSignal<usize>,
    kept: StoredValue<Kept>,
    source: Source,
}

/// Where this clone takes its answers from.
#[derive(Debug, Clone)]
enum Source {
    /// The server.
    Server,
    /// The server, for as long as a view lives.
    View(StoredValue<AbortSignal>),
    /// What was answered before.
    Kept,
}

impl Default for Fetch {
    fn default() -> Self {
        Self {
            session: RwSignal::new(NOBODY.to_owned()),
            wanted: RwSignal::new(Wanted::Nothing),
            awaited: RwSignal::new(0),
            unreachable: RwSignal::new(false),
            forgotten: RwSignal::new(0),
            kept: StoredValue::new(Kept::default()),
            source: Source::Server,
        }
    }
}

impl Fetch {
    /// Sends for the session with this public id from now on, or for nobody.
    pub(crate) fn speak_for(&self, session: Option<&str>) {
        self.session.set(session.unwrap_or(NOBODY).to_owned());
        self.wanted.set(Wanted::Nothing);
        self.kept.update_value(|kept| kept.forget(""));
    }

    /// The public id of the session that is spoken for. Tracked.
    pub(crate) fn spoken_for(&self) -> String {
        self.session.get()
    }

    /// What the server wants first. Tracked.
    pub(crate) fn wanted(&self) -> Wanted {
        self.wanted.get()
    }

    /// Takes note of what it wants.
    pub(crate) fn want(&self, wanted: Wanted) {
        if self.wanted.get_untracked() != wanted {
            self.wanted.set(wanted);
        }
    }

    /// What an answer says that it wants.
    fn hear(&self, reply: &Reply) {
        if self.session.with_untracked(|session| session == NOBODY) {
            return;
        }
        match reply.status {
            401 => self.want(Wanted::SignIn),
            403 if has_reason(reply, "STEP_UP_REQUIRED") => self.want(Wanted::StepUp),
            _ => {}
        }
    }

    /// Whether anything is awaited. Tracked.
    pub(crate) fn is_busy(&self) -> bool {
        self.awaited.get() > 0
    }

    /// Whether the last call found no server. Tracked.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.unreachable.get()
    }

    /// Forgets the answers to paths that begin with `prefix`; what shows is asked for again.
    pub(crate) fn forget(&self, prefix: &str) {
        self.kept.update_value(|kept| kept.forget(prefix));
        self.forgotten.update(|count| *count += 1);
    }

    /// Forgets the answers to paths that begin with `prefix`, and leaves alone what shows.
    pub(crate) fn forget_unshown(&self, prefix: &str) {
        self.kept.update_value(|kept| kept.forget(prefix));
    }

    /// Changes when something was forgotten. Tracked.
    pub(super) fn forgotten(&self) -> usize {
        self.forgotten.get()
    }

    /// A clone whose requests end with the view that asks for it.
    pub(super) fn for_view(&self) -> Self {
        let Ok(controller) = AbortController::new() else {
            return self.clone();
        };
        let source = Source::View(StoredValue::new(controller.signal()));
        let controller = StoredValue::new(controller);
        on_cleanup(move || {
            let _ = controller.try_with_value(AbortController::abort);
        });
        Self {
            source,
            ..self.clone()
        }
    }

    /// A clone that answers at once with what was answered before.
    pub(super) fn for_kept(&self) -> Self {
        Self {
            source: Source::Kept,
            ..self.clone()
        }
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
        // A write goes on when its page is left: nobody knows how far it came.
        if let Source::View(signal) = &self.source
            && call.method == Method::Get
        {
            signal.try_with_value(|signal| init.set_signal(Some(signal)));
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

    fn keep(&self, call: &Call, reply: &Reply) {
        if call.method == Method::Get {
            self.kept.update_value(|kept| match reply.status {
                200 => kept.put(&call.path, &reply.body),
                400..500 => kept.forget(&call.path),
                _ => {}
            });
        }
    }
}

impl Transport for Fetch {
    async fn send(&self, call: Call) -> Option<Reply> {
        if matches!(self.source, Source::Kept) {
            let body = self.kept.with_value(|kept| kept.get(&call.path))?;
            return Some(Reply { status: 200, body });
        }
        self.awaited.update(|count| *count += 1);
        let answer = self.fetch(&call).await;
        self.awaited.update(|count| *count -= 1);
        let was_aborted = answer.as_ref().is_err_and(is_abort);
        let is_unreachable = answer.is_err();
        if !was_aborted && self.unreachable.get_untracked() != is_unreachable {
            self.unreachable.set(is_unreachable);
        }
        let reply = answer.ok()?;
        self.keep(&call, &reply);
        self.hear(&reply);
        if reply.status == 409 && has_reason(&reply, "SESSION_CHANGED") {
            // Another person signed in on this browser. What is on the page is not for them.
            browser::reload();
            std::future::pending::<()>().await;
        }
        Some(reply)
    }
}

fn is_abort(error: &JsValue) -> bool {
    js_sys::Reflect::get(error, &JsValue::from_str("name")).is_ok_and(|name| name == "AbortError")
}

fn has_reason(reply: &Reply, reason: &str) -> bool {
    Status::read(&reply.body).is_some_and(|status| status.reason() == Some(reason))
}
