//! A store of a test's own.

use std::path::PathBuf;
use std::sync::Arc;

use bailiwick_domain::Uidp;
use bailiwick_store::{
    AuthorizedLogin, Caller, CodeRedemption, GroupRow, LiveSession, Location, NewGroup, NewLogin,
    OpenError, Options, Person, Secret, Store,
};

use crate::{Folder, TestClock};

/// An empty development database, its clock, and its folder.
#[derive(Debug)]
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// Its clock.
    pub clock: TestClock,
    folder: Folder,
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
    /// A fresh SQLite database.
    pub async fn open() -> Self {
        let (folder, clock) = (Folder::new(), TestClock::default());
        let options = options(folder.path().join("test.sqlite"), true);
        let store = Store::open(&options, Arc::new(clock.clone())).await;
        Self {
            store: store.unwrap(),
            clock,
            folder,
        }
    }

    /// The database's file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("test.sqlite")
    }

    /// Opens the same database again, beside this one, for development or not.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub async fn open_again(&self, development: bool) -> Result<Store, OpenError> {
        let options = options(self.file(), development);
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

/// How to open a SQLite file.
pub fn options(file: PathBuf, development: bool) -> Options {
    Options {
        location: Location::Sqlite(file),
        development,
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
    }
}

/// Whom the provider of the tests vouches for under an address.
pub fn person(email: &str) -> Person {
    Person {
        issuer: "https://people.example".to_owned(),
        subject: email.to_owned(),
        provider: "dev".to_owned(),
        name: email.split('@').next().unwrap_or_default().to_owned(),
        email: Some(email.to_owned()),
    }
}
