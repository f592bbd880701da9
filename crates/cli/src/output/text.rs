//! Words and numbers in lines for people.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// The text without characters that steer a terminal or hide text: names of people come from their
/// providers, and messages from a server.
pub(crate) fn plain(text: &str) -> String {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars()
        .map(|character| if steers(character) { ' ' } else { character })
        .collect()
}

/// `1 person`, `2 people`.
pub(crate) fn many(count: u32, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}

/// `a, b and c`.
pub(crate) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// RFC 3339 to the millisecond in UTC: `2024-03-23T00:55:04.813Z`. What is no time stays as it is.
pub(crate) fn instant(text: &str) -> String {
    let form =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .and_then(|time| time.to_offset(time::UtcOffset::UTC).format(form).ok())
        .unwrap_or_else(|| plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_server_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\r\n\u{202e}c"), "a [2Jb   c");
    }

    #[test]
    fn an_instant_has_milliseconds_and_is_in_utc() {
        assert_eq!(
            instant("2024-03-23T02:55:04.813999+02:00"),
            "2024-03-23T00:55:04.813Z"
        );
        assert_eq!(instant("2024-03-23T00:55:04Z"), "2024-03-23T00:55:04.000Z");
        assert_eq!(instant("soon"), "soon");
    }
}
