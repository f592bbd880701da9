//! A store of a test's own.

use std::sync::Arc;

use bailiwick_domain::Uidp;
use bailiwick_store::{
    AuthorizedLogin, Caller, CodeRedemption, GroupRow, LiveSession, Location, NewGroup, NewLogin,
    OpenError, Options, Person, Secret, Store,
};

use crate::{Backend, Database, TestClock};

/// An empty development database, its clock, and its folder.
#[derive(Debug)]
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// Its clock.
    pub clock: TestClock,
    /// What is under it.
    pub database: Database,
}

/// Someone with a session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The cookie.
    pub secret: Secret,
    /// The session.
    pub session: LiveSession,
    /// Them, in one request.
    pub caller: Caller,
}

impl TestStore {
    /// On a fresh SQLite database.
    pub async fn sqlite() -> Self {
        Self::on(Backend::Sqlite).await
    }

    /// On a fresh PostgreSQL database.
    pub async fn postgres() -> Self {
        Self::on(Backend::Postgres).await
    }

    /// On a fresh database.
    pub async fn on(backend: Backend) -> Self {
        let (database, clock) = (Database::new(backend).await, TestClock::default());
        let options = options(database.location(), true);
        let store = Store::open(&options, Arc::new(clock.clone())).await;
        Self {
            store: store.unwrap(),
            clock,
            database,
        }
    }

    /// Opens the same database again, beside this one, for development or not.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub async fn open_again(&self, development: bool) -> Result<Store, OpenError> {
        let options = options(self.database.location(), development);
        Store::open(&options, Arc::new(self.clock.clone())).await
    }

    /// The same data once its people's provider is no longer configured.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub async fn open_elsewhere(&self) -> Result<Store, OpenError> {
        let options = Options {
            issuers: vec!["https://elsewhere.example".to_owned()],
            mail: false,
            ..options(self.database.location(), true)
        };
        Store::open(&options, Arc::new(self.clock.clone())).await
    }

    /// Signs a person in, as after the provider's answer.
    pub async fn sign_in(&self, email: &str) -> SignedIn {
        sign_in(&self.store, email).await
    }

    /// A code for a person, to be redeemed with [`redemption`].
    pub async fn code(&self, email: &str) -> Secret {
        code(&self.store, email).await
    }

    /// An organization of `caller`.
    pub async fn organization(&self, caller: &Caller, name: &str) -> Uidp {
        let groups = self.store.groups(caller);
        let made = groups.create_organization(group(name), true).await;
        made.unwrap().uid
    }

    /// A folder that `caller` makes.
    pub async fn folder(&self, caller: &Caller, parent: &Uidp, name: &str) -> GroupRow {
        let groups = self.store.groups(caller);
        let made = groups.create_folder(parent.clone(), group(name)).await;
        made.unwrap()
    }
}

/// Signs a person in, as after the provider's answer.
pub async fn sign_in(store: &Store, email: &str) -> SignedIn {
    let code = code(store, email).await;
    let (secret, _) = store.redeem_code(redemption(&code)).await.unwrap();
    let session = store.session(&secret).await.unwrap().unwrap();
    SignedIn {
        caller: Caller::of_session(&session, "test-request"),
        secret,
        session,
    }
}

/// A code for a person, to be redeemed with [`redemption`].
pub async fn code(store: &Store, email: &str) -> Secret {
    let authorized = AuthorizedLogin {
        login: login("dev"),
        person: person(email),
    };
    store.authorize_login(authorized).await.unwrap()
}

/// The issuer of everyone whom [`person`] makes.
pub const ISSUER: &str = "https://people.example";

/// How to open a database whose people come from [`ISSUER`], and where mail is sent.
pub fn options(location: Location, development: bool) -> Options {
    Options {
        location,
        development,
        issuers: vec![ISSUER.to_owned()],
        mail: true,
    }
}

/// A group of this name.
pub fn group(name: &str) -> NewGroup {
    NewGroup {
        name: name.parse().unwrap(),
        description: "".parse().unwrap(),
    }
}

/// A checked authorization request for a provider.
pub fn login(provider: &str) -> NewLogin {
    NewLogin {
        provider: provider.to_owned(),
        client_id: "console".to_owned(),
        redirect_uri: "http://localhost/auth/callback".to_owned(),
        client_state: "the client's state".to_owned(),
        client_nonce: "the client's nonce".to_owned(),
        code_challenge: "the client's challenge".to_owned(),
    }
}

/// What redeems a code that [`TestStore::code`] made.
pub fn redemption(code: &Secret) -> CodeRedemption {
    CodeRedemption {
        replaces: None,
        code: code.clone(),
        client_id: "console".to_owned(),
        code_challenge: "the client's challenge".to_owned(),
        request_id: "test-request".to_owned(),
        browser: "Firefox on Linux".to_owned(),
        address: "192.0.2.1".to_owned(),
    }
}

/// Whom the provider of the tests vouches for under an address.
pub fn person(email: &str) -> Person {
    Person {
        issuer: ISSUER.to_owned(),
        subject: email.to_owned(),
        provider: "dev".to_owned(),
        name: email.split('@').next().unwrap_or_default().to_owned(),
        email: Some(email.to_owned()),
    }
}
