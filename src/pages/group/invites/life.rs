//! How long a link works: one of a few lives, or one that is typed.

use bailiwick_domain::parse_ttl;

use crate::browser;
use crate::reactive::untrack;
use crate::state::{RwSignal, memo};
use crate::ui::dom::{View, dynamic, tag, views};
use crate::ui::field::{Field, FieldState};
use crate::ui::segment::segment;
use crate::ui::time::whole_ms;

const LIVES: [(&str, &str); 5] = [
    ("1h", "1 hour"),
    ("24h", "24 hours"),
    ("7d", "7 days"),
    ("30d", "30 days"),
    (OTHER, "Other"),
];
const DEFAULT: &str = "7d";
const OTHER: &str = "";

/// The choice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    chosen: RwSignal<String>,
    typed: FieldState,
}

impl Life {
    pub(super) fn new() -> Self {
        Self {
            chosen: RwSignal::new(DEFAULT.to_owned()),
            typed: FieldState::new(""),
        }
    }

    /// As the API takes it. Tracked.
    pub(super) fn ttl(self) -> String {
        let chosen = self.chosen.get();
        if chosen == OTHER {
            self.typed.text.get().trim().to_owned()
        } else {
            chosen
        }
    }

    /// The life if it is one; else says so at its field.
    pub(super) fn check(self) -> Option<String> {
        let ttl = untrack(|| self.ttl());
        let wrong = fault(&ttl);
        let is_right = wrong.is_none();
        if !is_right {
            self.refuse(wrong);
        }
        is_right.then_some(ttl)
    }

    /// Says at its field what is wrong with it.
    pub(super) fn refuse(self, words: Option<String>) {
        self.typed.refuse(words);
        self.typed.focus();
    }

    pub(super) fn view(self) -> View {
        let is_other = memo(move || *self.chosen.read() == OTHER);
        let field = move || {
            is_other.get().then(|| {
                let field = Field {
                    id: "invite-life",
                    hint: "From 5 minutes to a year: 45m, 24h, 1h30m, 7d or 2w.",
                    max: usize::MAX / 8,
                    autofocus: false,
                    tidy: ToOwned::to_owned,
                    check: fault,
                };
                field.view(self.typed, "How long")
            })
        };
        let until = move || {
            parse_ttl(&self.ttl()).map_or_else(
                |_| String::new(),
                |life| {
                    let seconds = i64::try_from(life.as_secs()).unwrap_or_default();
                    let end = browser::now_ms() + seconds * 1000;
                    ["Until ", &whole_ms(end), "."].concat()
                },
            )
        };
        views([
            segment("life", "The link works for", &LIVES, self.chosen).into(),
            dynamic(field),
            tag("p", "ui-hint").text(until).into(),
        ])
    }
}

fn fault(text: &str) -> Option<String> {
    parse_ttl(text).err().map(|error| error.to_string())
}
