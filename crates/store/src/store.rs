//! [`Store`]: opening, and the way to everything else.

use std::path::PathBuf;
use std::sync::Arc;

use bailiwick_domain::Micros;
use futures_core::future::BoxFuture;
use sqlx::{AnyConnection, AnyPool};

use crate::access::Caller;
use crate::bindings::RoleBindingsHandle;
use crate::changes::ChangesHandle;
use crate::checks::ChecksHandle;
use crate::clock::Clock;
use crate::error::{Failure, OpenError, StoreError};
use crate::explain::ExplainHandle;
use crate::groups::GroupsHandle;
use crate::host::HostHandle;
use crate::identities::IdentitiesHandle;
use crate::invites::{GroupInvitesHandle, InviteCodeHandle};
use crate::open;
use crate::outbox::Outbox;
use crate::roles::RolesHandle;
use crate::secret::Secret;
use crate::writer::{Done, Writer};

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file; created when it is not there.
    Sqlite(PathBuf),
    /// A PostgreSQL database of version 15 or later, as a `postgres://` URL.
    Postgres(String),
}

/// Without the URL of PostgreSQL, which may hold a password.
impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "Sqlite({})", path.display()),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

/// How to open.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where.
    pub location: Location,
    /// Whether this is `--dev`: a development database is never served without it, and no other
    /// database with it.
    pub development: bool,
    /// The issuers of the configured providers: who comes from another one cannot sign in, and so
    /// is no owner in the sense of rule 3.
    pub issuers: Vec<String>,
    /// Whether invites to an address are put into the outbox.
    pub mail: bool,
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) readers: AnyPool,
    pub(crate) writer: Writer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) issuers: Arc<[String]>,
    pub(crate) sends_mail: bool,
}

impl Store {
    /// Opens, creates what is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError`] says what to do.
    pub async fn open(options: &Options, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let (readers, writer) = open::open(options).await?;
        Ok(Self {
            readers,
            writer,
            clock,
            issuers: options.issuers.clone().into(),
            sends_mail: options.mail,
        })
    }

    /// The time by the store's clock.
    pub fn now(&self) -> Micros {
        self.clock.now()
    }

    /// Groups, as far as `caller` may see and change them.
    pub fn groups<'a>(&'a self, caller: &'a Caller) -> GroupsHandle<'a> {
        GroupsHandle::new(self, caller)
    }

    /// Roles, as far as `caller` may see and change them.
    pub fn roles<'a>(&'a self, caller: &'a Caller) -> RolesHandle<'a> {
        RolesHandle::new(self, caller)
    }

    /// Role bindings, as far as `caller` may see and change them.
    pub fn role_bindings<'a>(&'a self, caller: &'a Caller) -> RoleBindingsHandle<'a> {
        RoleBindingsHandle::new(self, caller)
    }

    /// People, as far as `caller` may see them.
    pub fn identities<'a>(&'a self, caller: &'a Caller) -> IdentitiesHandle<'a> {
        IdentitiesHandle::new(self, caller)
    }

    /// Invites, as far as `caller` may see and change them.
    pub fn group_invites<'a>(&'a self, caller: &'a Caller) -> GroupInvitesHandle<'a> {
        GroupInvitesHandle::new(self, caller)
    }

    /// The invite whose code somebody has in hand.
    pub fn invite_of(&self, code: Secret) -> InviteCodeHandle<'_> {
        InviteCodeHandle::new(self, code)
    }

    /// The mails that wait, for the task that sends them.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox::new(self)
    }

    /// Decisions about others, as far as `caller` may ask for them.
    pub fn checks<'a>(&'a self, caller: &'a Caller) -> ChecksHandle<'a> {
        ChecksHandle::new(self, caller)
    }

    /// Why somebody may do something, as far as `caller` may ask.
    pub fn explain<'a>(&'a self, caller: &'a Caller) -> ExplainHandle<'a> {
        ExplainHandle::new(self, caller)
    }

    /// Several changes of access at once, as far as `caller` may make them.
    pub fn changes<'a>(&'a self, caller: &'a Caller) -> ChangesHandle<'a> {
        ChangesHandle::new(self, caller)
    }

    /// Everything, for whoever runs the server: nothing reaches this over the network.
    pub fn as_host(&self) -> HostHandle<'_> {
        HostHandle::new(self)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ready(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").fetch_one(&self.readers).await?;
        Ok(())
    }

    /// A write that is not about an organization: sessions, sign-ins, keys.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection, Micros) -> BoxFuture<'c, Result<T, Failure<E>>>
            + Send
            + 'static,
    {
        let clock = Arc::clone(&self.clock);
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let result = work(connection, clock.now()).await;
                    Done {
                        keep: result.is_ok(),
                        result,
                    }
                })
            })
            .await
    }
}

/// For writes that no rule can refuse.
pub(crate) fn only_store<T>(
    result: Result<T, Failure<std::convert::Infallible>>,
) -> Result<T, StoreError> {
    result.map_err(|failure| match failure {
        Failure::Store(error) => error,
        Failure::Rule(never) => match never {},
    })
}
