//! Small drawings that stand for known providers. They are ours, in the line of the other icons.

use crate::ui::dom::El;
use crate::ui::icon::{Icon, drawn, icon};

/// The drawing of a provider by its `icon`, and one of any organization for those we do not know.
pub(super) fn mark(name: &str) -> El {
    match name {
        "google" => drawn("M12.1 4.5A5.25 5.25 0 1 0 13.25 8H8.5"),
        "github" => {
            drawn("M3.25 2.5v4c-.6 3.75 1.5 6 4.75 6s5.35-2.25 4.75-6v-4L10 4H6zM6 8v1M10 8v1")
        }
        "gitlab" => drawn("M8 13.5L2.25 9l2-6.5 1.5 4h4.5l1.5-4 2 6.5zM5.75 6.5L8 13.5l2.25-7"),
        "microsoft" => drawn(
            "M2.5 2.5h4.75v4.75H2.5zM8.75 2.5h4.75v4.75H8.75zM2.5 8.75h4.75v4.75H2.5zM8.75 8.75h4.75v4.75H8.75z",
        ),
        "okta" => drawn(
            "M2.75 8a5.25 5.25 0 1 0 10.5 0 5.25 5.25 0 1 0-10.5 0M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
        ),
        "keycloak" => drawn("M5 2.75h6L14 8l-3 5.25H5L2 8zM8.75 5.5L7 8l1.75 2.5"),
        _ => icon(Icon::Orgs),
    }
}
