//! People who are to leave an organization, as they stand in the review.

use bailiwick_api::Change;
use bailiwick_domain::Uidp;

use crate::parts::review::{Asked, review};
use crate::state::Callback;
use crate::ui::dom::View;

/// The review of the removal of people, with what they are called.
pub(crate) fn removal(
    org: &Uidp,
    org_name: &str,
    people: Vec<(Uidp, String)>,
    saved: Callback<()>,
    closed: Callback<()>,
) -> View {
    let whom = match people.as_slice() {
        [(_, one)] => one.clone(),
        people => [&people.len().to_string(), " people"].concat(),
    };
    let mut called = vec![(org.to_string(), org_name.to_owned())];
    let changes = people
        .into_iter()
        .map(|(uid, label)| {
            called.push((uid.to_string(), label.clone()));
            (
                ["Remove ", &label].concat(),
                Change::remove_identity(&uid, org),
            )
        })
        .collect();
    let asked = Asked {
        title: ["Remove ", &whom, " from ", org_name, "?"].concat(),
        changes,
        called,
        saved,
    };
    review(asked, closed)
}
