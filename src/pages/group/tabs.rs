//! The tabs that arrive when somebody first opens one of them.

use bailiwick_domain::Uidp;
use wasm_split_helpers::wasm_split;

use crate::lazy::Arrival;
use crate::parts::why::{self, Question};
use crate::routes::Tab;
use crate::state::Callback;
use crate::ui::dom::View;

use super::state::Shown;
use super::{access, invites};

/// The tabs about who may do what in a group, and who is invited to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tabs {
    pub(super) access: fn(Shown, &Uidp) -> View,
    pub(super) invites: fn(Shown, &Uidp) -> View,
    /// The dialog about why one may not, and who could.
    pub(super) why: fn(Question, Callback<()>) -> View,
}

/// Fetches them.
#[wasm_split(access, fallible)]
pub(crate) fn fetch_tabs() -> Arrival<Tabs> {
    Ok(Tabs {
        access: access::access,
        invites: invites::invites,
        why: why::why,
    })
}

/// Whether a tab is one of them.
pub(crate) fn is_lazy(tab: Tab) -> bool {
    matches!(tab, Tab::Access | Tab::Invites)
}
