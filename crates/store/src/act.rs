//! A write that somebody answers for. There is no other way to change an organization: it is locked
//! first and counts a revision, what was done or refused goes into the audit trail, and the work in
//! between gets an [`Act`], whose methods ask the rules.

use std::sync::Arc;

use bailiwick_domain::{
    CapabilitySet, Micros, Refusal, StepUpRequired, Uidp, makes_owner, signed_in_recently,
};
use futures_core::future::BoxFuture;
use sqlx::AnyConnection;

use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::bindings::OwnerWatch;
use crate::clock::Clock;
use crate::error::{Failure, StoreError};
use crate::etag::IfMatch;
use crate::store::{Store, only_store};
use crate::writer::Done;

/// The host, where otherwise an identity's UIDP stands.
pub(crate) const HOST: &str = "host";

/// Who answers for a write.
#[derive(Debug, Clone)]
pub(crate) enum Actor {
    /// Someone who is signed in.
    Person(Caller),
    /// Whoever runs the server. Stands outside rule 2.
    Host,
}

impl Actor {
    /// As the audit trail names it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Person(caller) => caller.identity().as_str(),
            Self::Host => HOST,
        }
    }

    fn request_id(&self) -> &str {
        match self {
            Self::Person(caller) => &caller.request_id,
            Self::Host => "",
        }
    }
}

/// What somebody is about to do.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// As `groups.create`.
    pub(crate) action: &'static str,
    /// In which organization; `None` for one that is yet to be made, or for none.
    pub(crate) organization: Option<Uidp>,
    /// To what, as far as it is known before.
    pub(crate) target: String,
}

impl Attempt {
    /// Something to a thing in the tree.
    pub(crate) fn on(action: &'static str, target: &Uidp) -> Self {
        Self {
            action,
            organization: Some(target.organization()),
            target: target.to_string(),
        }
    }
}

/// The write while it runs: its transaction, and what the audit trail will say of it.
#[derive(Debug)]
pub(crate) struct Act<'c> {
    /// The transaction.
    pub(crate) tx: &'c mut AnyConnection,
    /// The instant of the whole write.
    pub(crate) now: Micros,
    /// Who answers for it.
    pub(crate) actor: Actor,
    /// The issuers of the configured providers, for rule 3.
    pub(crate) issuers: Arc<[String]>,
    /// Whether invites to an address are mailed.
    pub(crate) sends_mail: bool,
    /// Which state of the thing the write is for.
    pub(crate) if_match: IfMatch,
    /// Whether it is taken back in the end, and only shows what it would do.
    pub(crate) is_preview: bool,
    /// What rule 3 found before the first removal.
    pub(crate) owners: OwnerWatch,
    attempt: Attempt,
    detail: Vec<(&'static str, String)>,
    changed: bool,
}

impl<'c> Act<'c> {
    /// A write in a transaction that is open: locks the organization, counts the write, and only
    /// then reads the clock, since a right may end while the write waits for its turn.
    pub(crate) async fn begin(
        tx: &'c mut AnyConnection,
        clock: &dyn Clock,
        issuers: Arc<[String]>,
        actor: Actor,
        attempt: Attempt,
    ) -> Result<Self, StoreError> {
        if let Some(organization) = &attempt.organization {
            lock(tx, organization).await?;
        }
        Ok(Self {
            tx,
            now: clock.now(),
            actor,
            issuers,
            sends_mail: false,
            if_match: IfMatch::Unconditional,
            is_preview: false,
            owners: OwnerWatch::default(),
            attempt,
            detail: Vec::new(),
            changed: true,
        })
    }

    /// Does the work and records it.
    pub(crate) async fn perform<T, E, F>(&mut self, work: F) -> Result<T, Failure<E>>
    where
        F: for<'a> FnOnce(&'a mut Self) -> BoxFuture<'a, Result<T, Failure<E>>>,
    {
        let value = work(self).await?;
        if self.changed {
            self.record().await?;
        }
        Ok(value)
    }

    /// Does one of several things in the same organization, with an audit row of its own unless it
    /// changes nothing. After [`nothing_changed`](Self::nothing_changed) the whole is a write only if
    /// a part is.
    pub(crate) async fn part<T, E, F>(&mut self, attempt: Attempt, work: F) -> Result<T, Failure<E>>
    where
        F: for<'a> FnOnce(&'a mut Self) -> BoxFuture<'a, Result<T, Failure<E>>>,
    {
        let whole = std::mem::replace(&mut self.attempt, attempt);
        let detail = std::mem::take(&mut self.detail);
        let changed = std::mem::replace(&mut self.changed, true);
        let value = self.perform(work).await;
        self.attempt = whole;
        self.detail = detail;
        self.changed |= changed;
        value
    }

    /// Asks for a recent sign-in of a person who acts; the host has none. A preview takes none.
    pub(crate) fn step_up<E: From<StepUpRequired>>(&self) -> Result<(), Failure<E>> {
        match &self.actor {
            Actor::Person(caller) if !self.is_preview => {
                signed_in_recently(caller.auth_time, self.now)
                    .map_err(|step_up| Failure::Rule(step_up.into()))
            }
            Actor::Person(_) | Actor::Host => Ok(()),
        }
    }

    /// The same if granting `capabilities` at `at` makes an owner.
    pub(crate) fn step_up_for_owner<E: From<StepUpRequired>>(
        &self,
        capabilities: &CapabilitySet,
        at: &Uidp,
    ) -> Result<(), Failure<E>> {
        match makes_owner(capabilities, at) {
            true => self.step_up(),
            false => Ok(()),
        }
    }

    /// Whether the thing is still in the state that the write is for; `None` when it is not there.
    pub(crate) fn is_for(&self, etag: Option<&str>) -> bool {
        self.if_match.allows(etag)
    }

    /// The thing that was made or turned out to be meant.
    pub(crate) fn target(&mut self, uid: &Uidp) {
        self.attempt.target = uid.to_string();
        self.attempt.organization = Some(uid.organization());
    }

    /// What is being done.
    pub(crate) fn action(&self) -> &'static str {
        self.attempt.action
    }

    /// Something that the audit trail keeps. Never a secret.
    pub(crate) fn tell(&mut self, name: &'static str, value: impl Into<String>) {
        self.detail.push((name, value.into()));
    }

    /// A row of its own in the audit trail for one of several things that are done at once.
    pub(crate) async fn note(
        &mut self,
        action: &'static str,
        target: &Uidp,
        detail: &[(&'static str, &str)],
    ) -> Result<(), StoreError> {
        let entry = Entry {
            organization: Some(&target.organization()),
            actor: self.actor.name(),
            action,
            target: target.as_str(),
            request_id: self.actor.request_id(),
            refusal: "",
            detail,
        };
        audit::record(self.tx, self.now, entry).await
    }

    /// Whether nothing was [told](Self::tell) yet.
    pub(crate) fn tells_nothing(&self) -> bool {
        self.detail.is_empty()
    }

    /// Everything is already as it was asked for: no revision, no audit row.
    pub(crate) fn nothing_changed(&mut self) {
        self.changed = false;
    }

    /// Whether there is anything to keep.
    pub(crate) fn has_changed(&self) -> bool {
        self.changed
    }

    async fn record(&mut self) -> Result<(), StoreError> {
        let detail: Vec<(&'static str, &str)> = self
            .detail
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let entry = Entry {
            organization: self.attempt.organization.as_ref(),
            actor: self.actor.name(),
            action: self.attempt.action,
            target: &self.attempt.target,
            request_id: self.actor.request_id(),
            refusal: "",
            detail: &detail,
        };
        audit::record(self.tx, self.now, entry).await
    }
}

/// Locks an organization's row until the end of the transaction and counts a write in it. From
/// here on nobody else writes in the organization.
pub(crate) async fn lock(tx: &mut AnyConnection, organization: &Uidp) -> Result<(), StoreError> {
    sqlx::query("UPDATE groups SET revision = revision + 1 WHERE uid = $1")
        .bind(organization.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

impl Store {
    /// Runs `work` as `actor` in one transaction.
    pub(crate) async fn act<T, E, F>(
        &self,
        actor: Actor,
        attempt: Attempt,
        work: F,
    ) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Refusal + Send + 'static,
        F: for<'a, 'c> FnOnce(&'a mut Act<'c>) -> BoxFuture<'a, Result<T, Failure<E>>>
            + Send
            + 'static,
    {
        let (clock, issuers) = (Arc::clone(&self.clock), Arc::clone(&self.issuers));
        let sends_mail = self.sends_mail;
        let (refused_actor, refused) = (actor.clone(), attempt.clone());
        let result = self
            .writer
            .run(move |tx| {
                Box::pin(async move {
                    let begun = Act::begin(tx, &*clock, issuers, actor, attempt).await;
                    let mut act = match begun {
                        Ok(act) => act,
                        Err(error) => {
                            return Done {
                                result: Err(error.into()),
                                keep: false,
                            };
                        }
                    };
                    act.sends_mail = sends_mail;
                    let result = act.perform(work).await;
                    Done {
                        keep: result.is_ok() && act.changed,
                        result,
                    }
                })
            })
            .await;
        if let Err(Failure::Rule(rule)) = &result {
            self.refused(refused_actor, refused, rule.reason()).await?;
        }
        result
    }

    /// Runs `work` as somebody who is signed in, for a thing in a certain state.
    pub(crate) async fn act_for<T, E, F>(
        &self,
        caller: &Caller,
        if_match: &IfMatch,
        attempt: Attempt,
        work: F,
    ) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Refusal + Send + 'static,
        F: for<'a, 'c> FnOnce(&'a mut Act<'c>) -> BoxFuture<'a, Result<T, Failure<E>>>
            + Send
            + 'static,
    {
        let if_match = if_match.clone();
        self.act(Actor::Person(caller.clone()), attempt, move |act| {
            act.if_match = if_match;
            work(act)
        })
        .await
    }

    /// Keeps what was refused. In the trail of an organization only if there is one: made-up ids
    /// must not make trails.
    async fn refused(
        &self,
        actor: Actor,
        attempt: Attempt,
        reason: &'static str,
    ) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let mut organization = attempt.organization.as_ref();
                    if let Some(uid) = organization {
                        let found = sqlx::query("SELECT uid FROM groups WHERE uid = $1")
                            .bind(uid.as_str())
                            .fetch_optional(&mut *tx)
                            .await?;
                        organization = organization.filter(|_| found.is_some());
                    }
                    let entry = Entry {
                        organization,
                        actor: actor.name(),
                        action: attempt.action,
                        target: &attempt.target,
                        request_id: actor.request_id(),
                        refusal: reason,
                        detail: &[],
                    };
                    audit::record(tx, now, entry).await?;
                    Ok(())
                })
            })
            .await,
        )
    }
}
