//! Until when a binding holds: for ever, for a while, or until a day.

use js_sys::Date;
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;

use crate::state::{RwSignal, memo};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::segment::segment;

/// As it is now.
const KEEP: &str = "";
const NEVER: &str = "never";
const DAY: &str = "day";
const ENDS: [(&str, &str); 7] = [
    (KEEP, "As it is"),
    (NEVER, "Never"),
    ("1", "1 day"),
    ("7", "7 days"),
    ("30", "30 days"),
    ("90", "90 days"),
    (DAY, "On a day"),
];

/// The choice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Until {
    chosen: RwSignal<String>,
    /// As the browser's field for a day gives it: `2027-01-31`, or empty.
    day: RwSignal<String>,
    keeps: bool,
}

impl Until {
    /// For a new binding, or with `keeps` for some that have an end or none already.
    pub(super) fn new(keeps: bool) -> Self {
        let first = if keeps { KEEP } else { NEVER };
        Self {
            chosen: RwSignal::new(first.to_owned()),
            day: RwSignal::default(),
            keeps,
        }
    }

    /// As the API takes it: `None` leaves it as it is, empty is for ever. Tracked.
    pub(super) fn wire(self) -> Option<String> {
        let chosen = self.chosen.get();
        let date = match chosen.as_str() {
            KEEP => return None,
            NEVER => return Some(String::new()),
            DAY => Date::new(&JsValue::from_str(&(self.day.get() + "T23:59:59"))),
            days => {
                let days: f64 = days.parse::<u8>().unwrap_or_default().into();
                Date::new(&JsValue::from_f64(Date::now() + days * 86_400_000.0))
            }
        };
        Some(date.to_iso_string().into())
    }

    /// What is wrong with the day; empty when nothing is. Tracked.
    pub(super) fn lack(self) -> &'static str {
        let day = self.day.get();
        if *self.chosen.read() != DAY {
            return "";
        }
        let at = Date::new(&JsValue::from_str(&(day + "T23:59:59"))).get_time();
        if at.is_nan() {
            "Choose a day first"
        } else if at <= Date::now() {
            "That day is over"
        } else {
            ""
        }
    }

    pub(super) fn view(self) -> View {
        let ends = if self.keeps { &ENDS[..] } else { &ENDS[1..] };
        let is_day = memo(move || *self.chosen.read() == DAY);
        views([
            segment("until", "Ends", ends, self.chosen).into(),
            dynamic(move || is_day.get().then(|| self.field())),
        ])
    }

    fn field(self) -> El {
        let input = tag("input", "ui-input")
            .attr("id", "until-day")
            .attr("type", "date");
        let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
        tag("div", "ui-field")
            .child(
                el("label")
                    .attr("class", "ui-label")
                    .attr("for", "until-day")
                    .child("Until the end of"),
            )
            .child(input.on("input", move |_| self.day.set(node.value())))
    }
}
