//! Who could do what is refused here. The answer arrives with the tab about access.

use bailiwick_domain::Uidp;

use crate::lazy::lazy;
use crate::parts::access::Action;
use crate::parts::why::Question;
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, dynamic, views};

use super::state::Shown;
use super::tabs::fetch_tabs;

/// The button, for as long as one of `actions` is refused, and what it opens.
pub(super) fn who_could(shown: Shown, at: &Uidp, actions: &'static [Action]) -> View {
    let session = shown.session;
    let refused = {
        let at = at.clone();
        move || {
            let mut all = actions.iter().copied();
            all.find(|action| !session.may(action.capability(), &at))
        }
    };
    let is_open = RwSignal::new(false);
    let closed = Callback::new(move |()| is_open.set(false));
    let button = {
        let refused = refused.clone();
        move || {
            refused().map(|_| {
                Button::new(Kind::Quiet, "Who could?")
                    .small()
                    .on_press(Callback::new(move |()| is_open.set(true)))
                    .view()
            })
        }
    };
    let at = at.clone();
    let answer = move || {
        let you = session.person().filter(|_| is_open.get())?;
        let question = Question {
            label: you.label(),
            who: you.who.subject,
            at: at.clone(),
            place: shown.name(),
            capability: refused()?.capability_name().to_owned(),
        };
        Some(lazy(fetch_tabs, move |tabs| {
            (tabs.why)(question.clone(), closed)
        }))
    };
    views([dynamic(button), dynamic(answer)])
}
