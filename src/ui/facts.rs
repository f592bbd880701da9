//! Names and values.

use leptos::prelude::*;

/// One line of a `<dl class="ui-facts">`.
pub(crate) fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
    .into_any()
}
