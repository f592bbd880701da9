//! Who is signed in, what they may do, and how they come and go.
//!
//! What [`Session::may`] answers is comfort: it uses the server's own decision function on the
//! grants that the server told, so that the page need not offer what would be refused. The server
//! decides again.

pub(crate) mod callback;
mod crypto;
mod grants;
mod invite;
pub(crate) mod kept;
mod pending;
mod sign_in;
mod tabs;

use bailiwick_api::session::HeldRole;
use bailiwick_api::{self as wire, Error, SessionState, WhoAmI};
use bailiwick_domain::{Capability, Grant, Micros, Uidp, allows};

use crate::api::{Client, Wanted, use_client};
use crate::browser;
use crate::reactive::{provide_context, spawn_local, untrack};
use crate::router::Router;
use crate::routes;
use crate::state::{Callback, RwSignal, StoredValue, shared};
use crate::ui::dom::on_window;

pub(crate) use sign_in::{Prompt, SignInError, last_provider, provider_before, sign_in};

/// What is known of who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Phase {
    /// Asked for.
    Loading,
    /// The server could not say.
    Failed(Error),
    /// Nobody.
    SignedOut,
    /// [`Session::person`].
    SignedIn,
}

/// What the server says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// As `0.1.0`.
    pub(crate) version: String,
    /// Whether anyone who is signed in may create an organization.
    pub(crate) organizations_open: bool,
    /// Whether it sends mail.
    pub(crate) sends_mail: bool,
    /// Whether it was started with `--dev`.
    pub(crate) development: bool,
    /// The version that it has meanwhile, when that is another one.
    pub(crate) newer: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The provider that vouched for them.
    pub(crate) provider_name: String,
    /// Their account and what they hold.
    pub(crate) who: WhoAmI,
    grants: Vec<Grant>,
}

impl Person {
    /// The address, else the name, else the id: what one knows oneself by.
    pub(crate) fn label(&self) -> String {
        let name = &self.who.profile.name;
        match &self.who.email {
            Some(email) => email.clone(),
            None if name.is_empty() => self.who.subject.to_string(),
            None => name.clone(),
        }
    }
}

/// All that is known. One signal: each kind of signal is compiled anew.
#[derive(Debug)]
struct Known {
    phase: Phase,
    server: Server,
    person: Option<Person>,
}

/// The one session of this page, in context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Session {
    known: RwSignal<Known>,
    return_to: StoredValue<String>,
    /// The code of the invite that one is at; empty when there is none.
    invite: RwSignal<String>,
    router: Router,
}

/// The session that `app` started.
pub(crate) fn use_session() -> Session {
    shared()
}

impl Session {
    /// Asks the server who is signed in, and provides the answer to the views.
    pub(crate) fn start(client: &Client, router: Router) -> Self {
        let session = Self {
            known: RwSignal::new(Known {
                phase: Phase::Loading,
                server: Server::default(),
                person: None,
            }),
            return_to: StoredValue::new(routes::ORGANIZATIONS.to_owned()),
            invite: RwSignal::default(),
            router,
        };
        provide_context(session);
        session.follow_invites();
        pending::sweep(browser::now_ms());
        browser::refuse_old_pages();
        session.follow_other_tabs(client);
        session.load(client);
        session
    }

    /// Asks again after a failure.
    pub(crate) fn load(self, client: &Client) {
        self.turn(Phase::Loading);
        let client = client.clone();
        spawn_local(async move {
            match client.session().await {
                Ok(state) => self.begin(&client, state),
                Err(error) => self.turn(Phase::Failed(error)),
            }
        });
    }

    fn turn(self, phase: Phase) {
        self.known.update(|known| known.phase = phase);
    }

    fn begin(self, client: &Client, state: SessionState) {
        self.known.update(|known| {
            known.server = Server {
                version: state.server_version,
                organizations_open: state.organizations_open,
                sends_mail: state.mail,
                development: state.development,
                newer: None,
            };
        });
        match state.session {
            Some(session) => self.enter(client, session),
            None => self.turn(Phase::SignedOut),
        }
    }

    fn enter(self, client: &Client, session: wire::Session) {
        client.transport().speak_for(Some(&session.id));
        kept::begin(session.who.subject.as_str());
        let person = Person {
            provider_name: session.provider_name,
            grants: grants::of(&session.who.capabilities),
            who: session.who,
        };
        self.known.update(|known| {
            known.person = Some(person);
            known.phase = Phase::SignedIn;
        });
    }

    fn exit(self, client: &Client) {
        client.transport().speak_for(None);
        self.known.update(|known| {
            known.person = None;
            known.phase = Phase::SignedOut;
        });
    }

    /// Learns again what this person holds, after a write that changed it.
    pub(crate) async fn refresh(self, client: &Client) {
        let Ok(who) = client.who_am_i().await else {
            // Too little is offered until the next load; nothing is lost.
            return;
        };
        self.known.update(|known| {
            if let Some(person) = &mut known.person {
                person.grants = grants::of(&who.capabilities);
                person.who = who;
            }
        });
    }

    /// Asks whether the server is still the one that this page came from, and whether the session
    /// is still there. A page that is open for days would not learn it otherwise.
    pub(crate) fn check(self, client: &Client) {
        let client = client.clone();
        spawn_local(async move {
            let Ok(state) = client.session().await else {
                return;
            };
            if state.session.is_none() && self.phase_untracked() == Phase::SignedIn {
                client.transport().want(Wanted::SignIn);
            }
            self.known.update(|known| {
                let version = state.server_version;
                let is_other = version != known.server.version;
                known.server.newer = is_other.then_some(version);
            });
        });
    }

    /// Goes on with the session that this person began in another tab.
    fn follow_other_tabs(self, client: &Client) {
        let told = client.clone();
        tabs::on_said(move || self.look_again(&told));
        let client = client.clone();
        // For a browser in which tabs cannot tell each other.
        on_window("focus", move |_| {
            if untrack(|| client.transport().wanted()) != Wanted::Nothing {
                self.look_again(&client);
            }
        });
    }

    /// Asks whose the cookie is now. For another person than this page's nothing of it may stay.
    fn look_again(self, client: &Client) {
        let client = client.clone();
        spawn_local(async move {
            let subject = |person: Person| person.who.subject;
            let Some(me) = untrack(|| self.person()).map(subject) else {
                return;
            };
            let Ok(SessionState {
                session: Some(session),
                ..
            }) = client.session().await
            else {
                return;
            };
            let transport = client.transport();
            if session.who.subject == me {
                if untrack(|| transport.spoken_for()) != session.id {
                    self.enter(&client, session);
                }
            } else if untrack(|| transport.wanted()) != Wanted::Nothing {
                browser::reload();
            }
        });
    }

    /// Tells the other tabs that somebody is signed in here.
    pub(crate) fn tell_other_tabs(self) {
        tabs::say();
    }

    fn phase_untracked(self) -> Phase {
        self.known.with_untracked(|known| known.phase.clone())
    }

    /// Tracked.
    pub(crate) fn phase(self) -> Phase {
        self.known.with(|known| known.phase.clone())
    }

    /// Tracked.
    pub(crate) fn server(self) -> Server {
        self.known.with(|known| known.server.clone())
    }

    /// Tracked.
    pub(crate) fn person(self) -> Option<Person> {
        self.known.with(|known| known.person.clone())
    }

    /// Whether this person may do `what` at `at` now. Tracked.
    pub(crate) fn may(self, what: Capability, at: &Uidp) -> bool {
        let now = Micros(browser::now_ms().saturating_mul(1000));
        self.known.with(|known| {
            let person = known.person.as_ref();
            person.is_some_and(|person| allows(&person.grants, what, at, now))
        })
    }

    /// The roles that reach `at`, the nearest binding first. Tracked.
    pub(crate) fn roles_at(self, at: &Uidp) -> Vec<HeldRole> {
        let now = Micros(browser::now_ms().saturating_mul(1000));
        self.known.with(|known| {
            let held = known
                .person
                .iter()
                .flat_map(|person| &person.who.capabilities);
            grants::reaching(held, at, now)
        })
    }

    /// Keeps where a sign-in is to lead back to.
    pub(crate) fn remember(self, path: &str) {
        self.return_to.set_value(routes::return_to(path).to_owned());
    }

    /// Where a sign-in is to lead back to.
    pub(crate) fn return_to(self) -> String {
        self.return_to.get_value()
    }

    /// Leaves a session that the server ended, to sign in and come back here.
    pub(crate) fn sign_in_again(self, client: &Client) {
        self.remember(&self.router.here());
        self.exit(client);
        self.router.go(routes::LOGIN);
    }

    /// Ends the session and loads `next` afresh, so that nothing of this person stays in memory.
    pub(crate) async fn sign_out(self, client: &Client, next: &str) -> Result<(), Error> {
        end(client).await?;
        browser::leave_for(next);
        Ok(())
    }

    /// Ends the session and stays on the page, which is one for nobody too.
    pub(crate) async fn sign_out_here(self, client: &Client) -> Result<(), Error> {
        end(client).await?;
        self.exit(client);
        Ok(())
    }
}

async fn end(client: &Client) -> Result<(), Error> {
    match client.delete_session().await {
        Err(error) if error.http() != Some(401) => Err(error),
        _ => {
            kept::forget();
            Ok(())
        }
    }
}

/// Ends the session by a button; what goes wrong is handed to `failed`.
pub(crate) fn leave_by(next: &'static str, failed: Callback<Error>) -> Callback<()> {
    let (session, client) = (use_session(), use_client());
    Callback::new(move |()| {
        let client = client.clone();
        spawn_local(async move {
            if let Err(error) = session.sign_out(&client, next).await {
                failed.run(error);
            }
        });
    })
}
