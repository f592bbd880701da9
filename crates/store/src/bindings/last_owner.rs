//! Rule 3 around a write: what it takes away may not be the last that somebody owned the
//! organization by.

use bailiwick_domain::Uidp;

use crate::act::Act;
use crate::bindings::owned;
use crate::error::StoreError;

/// What rule 3 found before the first removal of a write, by organization.
#[derive(Debug, Default)]
pub(crate) struct OwnerWatch {
    /// Those that had an owner.
    owned: Vec<Uidp>,
    /// Those that had none, from `bailiwick admin create-org` or after a change of the
    /// configuration: they can still be worked in.
    ownerless: Vec<Uidp>,
    /// Whether the rule is asked once, after the last of several changes.
    at_end: bool,
}

impl Act<'_> {
    /// From here on [`keeps_owner`](Self::keeps_owner) always says yes, and whoever asks for this
    /// asks [`keeps_owners`](Self::keeps_owners) after the last change.
    pub(crate) fn judge_owners_at_end(&mut self) {
        self.owners.at_end = true;
    }

    /// Says that something is about to be taken away in an organization.
    pub(crate) async fn watch_owner(&mut self, organization: &Uidp) -> Result<(), StoreError> {
        let OwnerWatch {
            owned: with,
            ownerless: without,
            ..
        } = &self.owners;
        if with.contains(organization) || without.contains(organization) {
            return Ok(());
        }
        match owned(self.tx, organization, &self.issuers).await? {
            true => self.owners.owned.push(organization.clone()),
            false => self.owners.ownerless.push(organization.clone()),
        }
        Ok(())
    }

    /// Whether rule 3 holds after it was taken away. If not, the transaction must not stand.
    pub(crate) async fn keeps_owner(&mut self, organization: &Uidp) -> Result<bool, StoreError> {
        Ok(self.owners.at_end
            || !self.owners.owned.contains(organization)
            || owned(self.tx, organization, &self.issuers).await?)
    }

    /// Whether rule 3 holds in every organization where something was taken away.
    pub(crate) async fn keeps_owners(&mut self) -> Result<bool, StoreError> {
        for organization in self.owners.owned.clone() {
            if !owned(self.tx, &organization, &self.issuers).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
