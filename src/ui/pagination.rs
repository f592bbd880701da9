//! The foot of a list that comes in pages: how many are here, and the way to more.

use crate::state::{Callback, Signal, memo};

use super::button::{Button, Kind};
use super::dom::{El, View, dynamic, tag};

/// How much of a list is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shown {
    /// So many are here.
    pub(crate) here: usize,
    /// Of so many, where that is known.
    pub(crate) all: Option<usize>,
    /// Whether there are more.
    pub(crate) has_more: bool,
}

impl Shown {
    /// `50 of 1 204`, `50, and more`, or nothing to say.
    pub(crate) fn words(self) -> String {
        match (self.has_more, self.all) {
            (false, _) => String::new(),
            (true, Some(all)) => [&grouped(self.here), " of ", &grouped(all)].concat(),
            (true, None) => [&grouped(self.here), " shown, and there are more"].concat(),
        }
    }
}

/// The foot.
pub(crate) fn pagination(
    shown: Signal<Shown>,
    is_pending: impl Into<Signal<bool>>,
    more: Callback<()>,
) -> View {
    let is_pending = is_pending.into();
    let has_more = memo(move || shown.get().has_more);
    dynamic(move || has_more.get().then(|| foot(shown, is_pending, more)))
}

fn foot(shown: Signal<Shown>, is_pending: Signal<bool>, more: Callback<()>) -> El {
    let button = Button::new(Kind::Plain, "Show more")
        .pending(is_pending)
        .on_press(more);
    tag("p", "l-row")
        .attr("data-gap", "4")
        .child(button.view())
        .child(tag("span", "ui-faint").text(move || shown.get().words()))
}

/// Digits in threes, with narrow spaces that do not break.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_in_threes() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1204, "1\u{202f}204"),
            (1_000_000, "1\u{202f}000\u{202f}000"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_whole_list_has_no_foot() {
        let shown = Shown {
            here: 3,
            all: Some(3),
            has_more: false,
        };
        assert_eq!(shown.words(), "");
        assert_eq!(
            Shown {
                has_more: true,
                all: None,
                ..shown
            }
            .words(),
            "3 shown, and there are more"
        );
        assert_eq!(
            Shown {
                has_more: true,
                all: Some(9),
                ..shown
            }
            .words(),
            "3 of 9"
        );
    }
}
