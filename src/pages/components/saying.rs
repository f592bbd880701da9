//! What says something: badges, callouts, banners, numbers, states.

use crate::ui::badge::badge;
use crate::ui::banner::banner;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::command::command;
use crate::ui::dom::{View, tag, views};
use crate::ui::empty::empty;
use crate::ui::facts::facts;
use crate::ui::icon::Icon;
use crate::ui::skeleton::{bone, loading};
use crate::ui::stats::stats;

use super::sample;

const TONES: [(Tone, &str); 4] = [
    (Tone::Plain, "built in"),
    (Tone::Accent, "joined"),
    (Tone::Warn, "in 3 days"),
    (Tone::Danger, "ended"),
];

pub(super) fn samples() -> View {
    let badges = TONES.map(|(tone, words)| badge(tone, words).into());
    let callouts = TONES.map(|(tone, words)| callout(tone, words).into());
    let offline = "You are offline. What you see may be old.";
    let again = || Button::new(Kind::Plain, "Try again").small().view();
    let banners = views([
        banner(Tone::Warn, Icon::Offline, offline, again()).into(),
        banner(Tone::Accent, Icon::Info, "Bailiwick was updated.", again()).into(),
    ]);
    let numbers = [(1204, "folders below"), (3, "bindings"), (0, "invites")];
    let numbers = numbers.map(|(number, words)| (number.to_string(), words));
    let values = facts([("Path", "acme / dev".into()), ("Created", "today".into())]);
    let nothing = empty(
        "No invites for payments",
        "An invite is a link that gives one role on one folder.",
        again(),
    );
    let waiting = loading("Loading", tag("div", "l-stack").child(bone()).child(bone()));
    views([
        sample("badges", "Badges", tag("div", "l-row").child(views(badges))),
        sample("callouts", "Callouts", views(callouts)),
        sample("banners", "Banners", banners),
        sample(
            "numbers",
            "Numbers and facts",
            views([stats(numbers).into(), values.into()]),
        ),
        sample("command", "Command", command("bailiwick serve --dev")),
        sample("empty", "Empty", nothing),
        sample("loading", "Loading", waiting),
    ])
}
