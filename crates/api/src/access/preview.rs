//! What changes of access would do, or did.

use serde::{Deserialize, Serialize};

use crate::group::PathElement;
use crate::json::from_json;
use crate::role_binding::BoundIdentity;

/// The answer of `access:preview` (nothing is changed) and of `access:apply` (it is done).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// The organization's revision (int64 as a string): before the changes in a preview, and after
    /// them when they were made.
    pub revision: String,
    /// How many people gain something somewhere.
    pub gain_count: u32,
    /// How many people lose something somewhere. Who gains here and loses there counts in both.
    pub lose_count: u32,
    /// How many people would own the organization for good.
    pub owner_count: u32,
    /// Who gains or loses, whoever loses first and then the most first; at most 200.
    pub people: Vec<PersonChange>,
    /// Which of the changes a rule refuses. The others are judged as if those were not there.
    pub refusals: Vec<ChangeRefusal>,
}

from_json!(Preview {; revision, gain_count, lose_count, owner_count, people, refusals });

/// What someone gains and loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonChange {
    /// Who.
    pub identity: BoundIdentity,
    /// Whether it is the caller.
    #[serde(default)]
    pub you: bool,
    /// How many capabilities they gain somewhere.
    #[serde(default)]
    pub gained: u32,
    /// How many capabilities they lose somewhere.
    #[serde(default)]
    pub lost: u32,
    /// Whether they own some group now that they did not own.
    #[serde(default)]
    pub becomes_owner: bool,
    /// Whether they own some group no longer.
    #[serde(default)]
    pub was_owner: bool,
    /// Where. What holds at a place holds below it, but where another place below says otherwise. At
    /// most 20.
    #[serde(default)]
    pub places: Vec<PlaceChange>,
}

from_json!(PersonChange { identity; you, gained, lost, becomes_owner, was_owner, places });

/// What someone gains and loses at a group and below it. A capability whose end alone changes is
/// neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceChange {
    /// Where.
    pub group: PathElement,
    /// What they hold there then and do not now, as the bitset of `CapabilitySet::to_wire`.
    #[serde(default)]
    pub gained: String,
    /// What they hold there now and do not then, in the same form.
    #[serde(default)]
    pub lost: String,
}

from_json!(PlaceChange { group; gained, lost });

/// A change that a rule refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRefusal {
    /// Its place in `changes`.
    pub index: u32,
    /// As the ordinary request would say it: `BEYOND_REACH`.
    pub reason: String,
    /// For a person.
    pub message: String,
}

from_json!(ChangeRefusal { index, reason, message; });
