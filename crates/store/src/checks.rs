//! Decisions for those who ask: may this identity do that, there?

use std::collections::{BTreeSet, HashMap, HashSet};

use bailiwick_domain::{Capability, Grant, Uidp, allows};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{Caller, grant, held_by, uidp};
use crate::error::StoreError;
use crate::listing::places;
use crate::store::Store;

/// What it takes, at the group, to ask about somebody else.
const TO_ASK: [Capability; 2] = [Capability::ROLE_BINDINGS_LIST, Capability::IDENTITY_LIST];

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// May this identity …
    pub identity: Uidp,
    /// … do this …
    pub capability: Capability,
    /// … at this group?
    pub group: Uidp,
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckAnswer {
    /// Whether they may. What is not there nobody may do anything to.
    Decided(bool),
    /// About somebody else at a group that is not there, or not for the caller to see.
    Unseen,
    /// About somebody else at a group where the caller lacks this capability.
    Missing(Capability),
}

/// Decisions as one caller may ask for them.
#[derive(Debug)]
pub struct ChecksHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> ChecksHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }

    /// Answers every question, in their order, from one state of the database in two statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ask(&self, questions: &[Question]) -> Result<Vec<CheckAnswer>, StoreError> {
        if questions.is_empty() {
            return Ok(Vec::new());
        }
        let (now, me) = (self.store.now(), self.caller.identity());
        let mut snapshot = self.store.readers.begin().await?;
        let people = questions.iter().map(|question| &question.identity);
        let mut held = self
            .held(&mut snapshot, people.chain([me]).collect())
            .await?;
        if self.caller.by_device {
            let own = held_by(&mut snapshot, self.caller).await?;
            held.insert(me.clone(), own);
        }
        let there = there(&mut snapshot, questions).await?;
        let of = |identity: &Uidp| held.get(identity).map_or(&[][..], Vec::as_slice);
        let answer = |question: &Question| {
            let Question {
                identity,
                capability,
                group,
            } = question;
            let exists = there.contains(group);
            if identity != me {
                if !exists || !allows(of(me), Capability::GROUPS_LIST, group, now) {
                    return CheckAnswer::Unseen;
                }
                let missing = TO_ASK
                    .into_iter()
                    .find(|&what| !allows(of(me), what, group, now));
                if let Some(what) = missing {
                    return CheckAnswer::Missing(what);
                }
            }
            CheckAnswer::Decided(exists && allows(of(identity), *capability, group, now))
        };
        Ok(questions.iter().map(answer).collect())
    }

    /// What each of these people holds: nothing who is suspended or whose provider is not
    /// configured.
    async fn held(
        &self,
        snapshot: &mut AnyConnection,
        people: BTreeSet<&Uidp>,
    ) -> Result<HashMap<Uidp, Vec<Grant>>, StoreError> {
        let mut query =
            sqlx::query(AssertSqlSafe(held_statement(people.len()))).persistent(people.len() <= 2);
        for uid in people {
            query = query.bind(uid.to_string());
        }
        let mut held: HashMap<Uidp, Vec<Grant>> = HashMap::new();
        for row in query.fetch_all(snapshot).await? {
            let issuer: &str = row.try_get("issuer")?;
            if !self.store.issuers.iter().any(|known| known == issuer) {
                continue;
            }
            let identity = uidp(
                "role_bindings.identity_uid",
                row.try_get::<&str, _>("identity_uid")?,
            )?;
            if let Some(grant) = grant(&row)? {
                held.entry(identity).or_default().push(grant);
            }
        }
        Ok(held)
    }
}

/// Which of the groups that are asked about there are.
async fn there(
    snapshot: &mut AnyConnection,
    questions: &[Question],
) -> Result<HashSet<Uidp>, StoreError> {
    let groups: BTreeSet<&Uidp> = questions.iter().map(|question| &question.group).collect();
    let mut query =
        sqlx::query(AssertSqlSafe(there_statement(groups.len()))).persistent(groups.len() <= 2);
    for uid in groups {
        query = query.bind(uid.to_string());
    }
    let rows = query.fetch_all(snapshot).await?;
    rows.iter()
        .map(|row| uidp("groups.uid", row.try_get::<&str, _>("uid")?))
        .collect()
}

/// What so many people hold.
pub(crate) fn held_statement(people: usize) -> String {
    format!(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, i.issuer,
             roles.capabilities AS role_capabilities
         FROM role_bindings b JOIN identities i ON i.uid = b.identity_uid
             LEFT JOIN roles ON roles.uid = b.role_uid
         WHERE b.identity_uid IN ({}) AND i.suspended = 0",
        places(1, people)
    )
}

/// Which of so many groups there are.
pub(crate) fn there_statement(groups: usize) -> String {
    format!(
        "SELECT uid FROM groups WHERE uid IN ({})",
        places(1, groups)
    )
}
