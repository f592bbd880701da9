//! A path that leads nowhere.

use leptos::prelude::*;

use crate::routes;
use crate::ui::button::{Kind, link_button};
use crate::ui::heading::plain_heading;

/// What stands on the page, inside the shell or a gate.
pub(crate) fn page() -> AnyView {
    view! {
        <div class="ui-empty">
            {plain_heading("No such page")}
            <p class="ui-quiet">"Nothing is at this address. The link may be cut short."</p>
            {link_button(Kind::Plain, routes::ORGANIZATIONS, "Go to your organizations")}
        </div>
    }
    .into_any()
}
