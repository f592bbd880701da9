//! Whether terminals that were signed in by a code hold anything in an organization.

use bailiwick_api::{Error, GroupWrite};
use bailiwick_domain::Uidp;

use crate::parts::problem::refusal;
use crate::reactive::spawn_local;
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, dynamic, el, tag, views};
use crate::ui::section::section;

use super::dialogs::forget;
use super::state::Shown;

/// The section, of an organization's settings alone.
pub(super) fn devices(shown: Shown, uid: &Uidp, may_not: Signal<bool>) -> View {
    let is_on = move || {
        let detail = shown.detail.read();
        detail.ready().and_then(|group| group.device_sign_in)
    };
    let (is_pending, failed) = (RwSignal::new(false), RwSignal::new(None::<Error>));
    let uid = uid.clone();
    let turn = Callback::new(move |on: bool| {
        let (client, uid) = (shown.client.get_value(), uid.clone());
        is_pending.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = client
                .update_group(&uid, &GroupWrite::device_sign_in(on))
                .await;
            is_pending.set(false);
            match answer {
                Ok(_) => {
                    shown.toast.say(&[if on {
                        "Devices hold what their people hold again."
                    } else {
                        "Devices hold nothing here now."
                    }]);
                    forget(shown);
                    shown.refresh();
                }
                Err(error) => failed.set(Some(error)),
            }
        });
    });
    let shows = move || {
        let on = is_on()?;
        let (state, words, kind) = if on {
            (
                "A terminal that somebody signed in by its code may do here what that person may.",
                "Switch off for devices",
                Kind::Loss,
            )
        } else {
            (
                "A terminal that was signed in by its code may do nothing here, whoever approved it.",
                "Switch on for devices",
                Kind::Plain,
            )
        };
        let button = Button::new(kind, words)
            .refused(may_not)
            .pending(is_pending)
            .on_press(Callback::new(move |()| turn.run(!on)));
        Some(views([
            tag("p", "ui-quiet").child(state).into(),
            el("p").child(button.view()).into(),
        ]))
    };
    let inner = views([
        dynamic(shows),
        dynamic(move || failed.with(|error| error.as_ref().map(refusal))),
    ]);
    section("devices", "Device sign-in", inner).into()
}
