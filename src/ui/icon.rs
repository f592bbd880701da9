//! The icons: 16 px grid, 1.4 px line, no fill. And the mark.

use super::dom::{El, svg};

/// An icon. Alone it says nothing: a word stands beside it, or its button has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Back,
    Check,
    Copy,
    Down,
    Edit,
    Folder,
    Help,
    Info,
    Link,
    Mail,
    Members,
    Menu,
    More,
    Offline,
    Orgs,
    Out,
    Person,
    Plus,
    Refresh,
    Right,
    Role,
    Search,
    Settings,
    Trash,
    Up,
    UpDown,
    Warn,
    X,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Back => "M13 8H3M7 4L3 8l4 4",
            Self::Check => "M3 8.5L6.5 12 13 4.5",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Down => "M3.5 6L8 10.5 12.5 6",
            Self::Edit => "M2.5 13.5l.75-3 7.25-7.25 2.25 2.25-7.25 7.25z",
            Self::Folder => "M1.75 12.75v-9h4.5l1.5 2h6.5v7z",
            Self::Help => {
                "M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0M6.25 6.5a1.75 1.75 0 1 1 2.5 1.6c-.55.25-.75.5-.75 1.15M8 11v.5"
            }
            Self::Info => {
                "M2.25 8a5.75 5.75 0 1 0 11.5 0 5.75 5.75 0 1 0-11.5 0M8 4.75v.5M8 7.25v4"
            }
            Self::Link => {
                "M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7"
            }
            Self::Mail => "M1.75 3.5h12.5v9H1.75zM2 4l6 5 6-5",
            Self::Members => {
                "M3.75 5.25a2.25 2.25 0 1 0 4.5 0 2.25 2.25 0 1 0-4.5 0M1.75 13.25c0-2.5 1.75-4 4.25-4s4.25 1.5 4.25 4M10.5 3.1a2.25 2.25 0 0 1 0 4.3M12 9.6c1.4.5 2.25 1.7 2.25 3.65"
            }
            Self::Menu => "M2 4.5h12M2 8h12M2 11.5h12",
            Self::More => "M2.5 7.25h1.5v1.5h-1.5zM7.25 7.25h1.5v1.5h-1.5zM12 7.25h1.5v1.5h-1.5z",
            Self::Offline => {
                "M2 6.25a8.5 8.5 0 0 1 12 0M4.5 9a5 5 0 0 1 7 0M8 12v.5M2.75 13.25l10.5-10.5"
            }
            Self::Orgs => "M2.5 2.5h11v11h-11zM2.5 7.5h6v6",
            Self::Out => "M6 2.75H2.75v10.5H6M6.5 8h7M10.5 5l3 3-3 3",
            Self::Person => {
                "M5.5 5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M3 13.75c0-3 2-4.75 5-4.75s5 1.75 5 4.75"
            }
            Self::Plus => "M8 3v10M3 8h10",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.6M13 2.25V5.5H9.75",
            Self::Right => "M6 3.5L10.5 8 6 12.5",
            Self::Role => {
                "M8 1.75l5.25 2v4c0 3.25-2.25 5.5-5.25 6.5-3-1-5.25-3.25-5.25-6.5v-4zM5.75 7.75L7.5 9.5l3-3.25"
            }
            Self::Search => "M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0M10.5 10.5L14 14",
            Self::Settings => "M2 5h7M12 5h2M9 3.25v3.5h3v-3.5zM2 11h2M7 11h7M4 9.25v3.5h3v-3.5z",
            Self::Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.5 9h7l.5-9",
            Self::Up => "M3.5 10.5L8 6l4.5 4.5",
            Self::UpDown => "M5 6l3-3 3 3M5 10l3 3 3-3",
            Self::Warn => "M8 2.25L14.25 13.5H1.75zM8 6.5v3.25M8 11.25v.5",
            Self::X => "M4 4l8 8M12 4l-8 8",
        }
    }
}

/// An icon of 16 px.
pub(crate) fn icon(icon: Icon) -> El {
    drawn(icon.path())
}

/// The lines of an icon.
pub(crate) fn drawn(path: &str) -> El {
    svg("svg")
        .attr("class", "ui-icon")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

/// An icon of 12 px, for chips and the tree.
pub(crate) fn small_icon(glyph: Icon) -> El {
    icon(glyph).flag("data-small")
}

/// The mark: a stem and a bounded plot.
pub(crate) fn mark() -> El {
    svg("svg")
        .attr("class", "ui-mark-glyph")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", "M5 2v19h14.5V9H5"))
        .child(
            svg("path")
                .flag("data-plot")
                .attr("d", "M9.9 12.6h4.8v4.8H9.9z"),
        )
}
