//! The lines across the page: no network, no server, a newer server.

use std::time::Duration;

use crate::api::use_client;
use crate::browser;
use crate::session::use_session;
use crate::state::{Callback, RwSignal, StoredValue, memo};
use crate::ui::banner::banner;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::Tone;
use crate::ui::dom::{El, dynamic, every, on_window, tag};
use crate::ui::icon::Icon;

/// An open page asks so often whether the server is still the same.
const PERIOD: Duration = Duration::from_secs(300);
/// Coming back to the page asks too, but not more often than this.
const PAUSE_MS: i64 = 30_000;

/// The place of the banners.
pub(super) fn banners() -> El {
    let (client, session) = (use_client(), use_session());
    let is_offline = RwSignal::new(browser::is_offline());
    let last_check = StoredValue::new(browser::now_ms());
    let check = {
        let client = client.clone();
        Callback::new(move |()| {
            last_check.set_value(browser::now_ms());
            session.check(&client);
        })
    };
    let back = {
        let client = client.clone();
        Callback::new(move |()| client.transport().forget(""))
    };
    on_window("offline", move |_| is_offline.set(true));
    on_window("online", move |_| {
        is_offline.set(false);
        back.run(());
    });
    on_window("focus", move |_| {
        if browser::now_ms() - last_check.get_value() > PAUSE_MS {
            check.run(());
        }
    });
    every(PERIOD, move || check.run(()));
    let transport = client.transport().clone();
    let is_cut_off = memo(move || is_offline.get() || transport.is_unreachable());
    let cut_off = move || {
        is_cut_off.get().then(|| {
            let words = if is_offline.get() {
                "You are offline. What you see may be old; nothing can be saved until you are back."
            } else {
                "The server does not answer. What you see may be old; nothing can be saved now."
            };
            let again = Button::new(Kind::Plain, "Try again").small().on_press(back);
            banner(Tone::Warn, Icon::Offline, words, again.view())
        })
    };
    let newer = move || {
        session.server().newer.map(|version| {
            let words = [
                "Bailiwick was updated to ",
                &version,
                " while this tab was open.",
            ]
            .concat();
            let reload = Callback::new(|()| browser::reload());
            let reload = Button::new(Kind::Plain, "Reload").small().on_press(reload);
            banner(Tone::Accent, Icon::Info, &words, reload.view())
        })
    };
    tag("div", "l-banners")
        .attr("role", "status")
        .child(dynamic(cut_off))
        .child(dynamic(newer))
}
