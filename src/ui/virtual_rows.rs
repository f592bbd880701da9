//! Pure: which of many rows of one height need to be on the page.

use std::ops::Range;

/// What one sees of the rows, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Viewport {
    /// How far it is scrolled.
    pub(crate) top: f64,
    /// How much shows.
    pub(crate) height: f64,
    /// The height of a row.
    pub(crate) row: f64,
}

/// So many rows are drawn at most.
const MOST: usize = 96;
/// So many are drawn before and after those that show.
const BESIDE: usize = 12;

impl Viewport {
    /// The rows to draw of `count`.
    pub(crate) fn rows(self, count: usize) -> Range<usize> {
        if self.row <= 0.0 {
            return 0..count.min(MOST / 2);
        }
        let first = whole(self.top / self.row).min(count);
        let after = whole(((self.top + self.height) / self.row).ceil()).min(count);
        let from = first.saturating_sub(BESIDE);
        let to = (after + BESIDE).min(count).min(from + MOST);
        from..to
    }

    /// Where to scroll so that row `at` shows; `None` when it does.
    pub(crate) fn scroll_to(self, at: usize) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
        let top = at as f64 * self.row;
        if top < self.top {
            Some(top)
        } else if top + self.row > self.top + self.height {
            Some(top + self.row - self.height)
        } else {
            None
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float that is too large or negative becomes the nearest number"
)]
fn whole(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Viewport = Viewport {
        top: 0.0,
        height: 700.0,
        row: 28.0,
    };

    #[test]
    fn only_what_shows_and_a_little_more_is_drawn() {
        assert_eq!(VIEW.rows(5), 0..5);
        assert_eq!(VIEW.rows(10_000), 0..37);
        let deep = Viewport {
            top: 140_000.0,
            ..VIEW
        };
        assert_eq!(deep.rows(10_000), 4_988..5_037);
        assert_eq!(deep.rows(10), 0..10, "the list became shorter");
        let huge = Viewport {
            height: 9_000.0,
            ..VIEW
        };
        assert_eq!(huge.rows(10_000).len(), MOST);
    }

    #[test]
    fn before_anything_is_measured_some_rows_are_drawn() {
        assert!(!Viewport::default().rows(10_000).is_empty());
    }

    #[test]
    fn a_row_that_shows_needs_no_scrolling() {
        assert_eq!(VIEW.scroll_to(3), None);
        assert_eq!(VIEW.scroll_to(25), Some(28.0));
        assert_eq!(Viewport { top: 280.0, ..VIEW }.scroll_to(2), Some(56.0));
    }
}
