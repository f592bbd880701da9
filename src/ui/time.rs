//! An instant: how long ago, with the whole of it on hover.

use js_sys::{Date, JSON};
use wasm_bindgen::JsValue;

use super::dom::{View, el};

const LOCALE: &str = "en-GB";
const WHOLE: &str = r#"{"day":"numeric","month":"long","year":"numeric","hour":"2-digit","minute":"2-digit","timeZoneName":"short"}"#;
const DAY: &str = r#"{"day":"numeric","month":"short"}"#;
const DAY_AND_YEAR: &str = r#"{"day":"numeric","month":"short","year":"numeric"}"#;

/// An instant as it came over the wire (RFC 3339).
pub(crate) fn time(wire: &str) -> View {
    let date = Date::new(&JsValue::from_str(wire));
    if date.get_time().is_nan() {
        return wire.into();
    }
    draw(&date, wire)
}

/// Whether an instant, as it came over the wire, is at most so many days away.
pub(crate) fn is_within(wire: &str, days: f64) -> bool {
    let away = Date::new(&JsValue::from_str(wire)).get_time() - Date::now();
    away <= days * 86_400_000.0
}

/// An instant in milliseconds since 1970.
pub(crate) fn time_ms(at_ms: i64) -> View {
    let date = date_of(at_ms);
    draw(&date, &String::from(date.to_iso_string()))
}

/// An instant to come, in milliseconds since 1970, with all that one may want to know of it.
pub(crate) fn whole_ms(at_ms: i64) -> String {
    write(&date_of(at_ms), WHOLE)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn date_of(at_ms: i64) -> Date {
    Date::new(&JsValue::from_f64(at_ms as f64))
}

fn draw(date: &Date, wire: &str) -> View {
    let now = Date::new_0();
    let words = match ago(now.get_time() - date.get_time()) {
        Ago::Words(words) => words.to_owned(),
        Ago::Count(count, unit) => [&count.to_string(), unit, " ago"].concat(),
        Ago::In(count, unit) => ["in ", &count.to_string(), unit].concat(),
        Ago::Day if date.get_full_year() == now.get_full_year() => write(date, DAY),
        Ago::Day => write(date, DAY_AND_YEAR),
    };
    let whole = write(date, WHOLE);
    el("time")
        .attr("datetime", wire)
        .attr("title", &whole)
        .child(words)
        .into()
}

/// By the browser's own calendar, in its time zone.
fn write(date: &Date, options: &str) -> String {
    let options = JSON::parse(options).unwrap_or_default();
    date.to_locale_string(LOCALE, &options).into()
}

#[derive(Debug, PartialEq, Eq)]
enum Ago {
    Words(&'static str),
    Count(u32, &'static str),
    /// To come.
    In(u32, &'static str),
    /// So far away that the day says more.
    Day,
}

/// How to say that something was so many milliseconds ago, or is to come in as many below zero.
fn ago(ms: f64) -> Ago {
    let minutes = ms / 60_000.0;
    let (hours, days) = (minutes / 60.0, minutes / 1_440.0);
    if minutes < 0.0 {
        // What was set to end in a week ends in seven days, not in six and most of one.
        let (minutes, hours, days) = (0.5 - minutes, 0.2 - hours, 0.1 - days);
        return if minutes < 1.5 {
            // A clock that is a little behind must not speak of the future.
            Ago::Words("just now")
        } else if hours < 1.2 {
            Ago::In(whole(minutes), " min")
        } else if days < 2.1 {
            Ago::In(whole(hours), " h")
        } else if days < 32.0 {
            Ago::In(whole(days), " days")
        } else {
            Ago::Day
        };
    }
    if minutes < 1.0 {
        Ago::Words("just now")
    } else if hours < 1.0 {
        Ago::Count(whole(minutes), " min")
    } else if days < 1.0 {
        Ago::Count(whole(hours), " h")
    } else if days < 2.0 {
        Ago::Words("yesterday")
    } else if days < 7.0 {
        Ago::Count(whole(days), " days")
    } else {
        Ago::Day
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive and below 1440 at every call"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_in_words() {
        const MINUTE: f64 = 60_000.0;
        const DAY: f64 = 1_440.0 * MINUTE;
        for (ms, expected) in [
            (-0.9 * MINUTE, Ago::Words("just now")),
            (-6.0 * MINUTE, Ago::In(6, " min")),
            (-59.9 * MINUTE, Ago::In(60, " min")),
            (-60.1 * MINUTE, Ago::In(1, " h")),
            (0.01 - DAY, Ago::In(24, " h")),
            (0.01 - 7.0 * DAY, Ago::In(7, " days")),
            (0.01 - 30.0 * DAY, Ago::In(30, " days")),
            (-90.0 * DAY, Ago::Day),
            (0.0, Ago::Words("just now")),
            (MINUTE, Ago::Count(1, " min")),
            (59.9 * MINUTE, Ago::Count(59, " min")),
            (60.0 * MINUTE, Ago::Count(1, " h")),
            (DAY - 1.0, Ago::Count(23, " h")),
            (DAY, Ago::Words("yesterday")),
            (2.0 * DAY, Ago::Count(2, " days")),
            (7.0 * DAY, Ago::Day),
        ] {
            assert_eq!(ago(ms), expected, "{ms}");
        }
    }
}
