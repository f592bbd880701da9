//! The breadcrumb.

use leptos::prelude::*;

/// One step of the way from the top to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// As it is called.
    pub(crate) name: String,
    /// Where it leads; `None` for what one may not open.
    pub(crate) href: Option<String>,
}

/// The way, the page itself last.
pub(crate) fn crumbs(way: Signal<Vec<Crumb>>) -> AnyView {
    let steps = move || {
        let way = way.get();
        let last = way.len().saturating_sub(1);
        way.into_iter()
            .enumerate()
            .map(|(at, crumb)| step(crumb, at == last, at > 0 && at < last))
            .collect_view()
    };
    view! {
        <nav aria-label="Where you are">
            <ol class="ui-crumbs">{steps}</ol>
        </nav>
    }
    .into_any()
}

fn step(crumb: Crumb, is_page: bool, is_between: bool) -> AnyView {
    let class = if is_between {
        "ui-crumb l-wide-only"
    } else {
        "ui-crumb"
    };
    let inner = match crumb.href {
        Some(href) => view! {
            <a class="ui-crumb-link" href=href aria-current=is_page.then_some("page")>
                {crumb.name}
            </a>
        }
        .into_any(),
        None => view! { <span class="ui-crumb-link">{crumb.name}</span> }.into_any(),
    };
    view! { <li class=class>{inner}</li> }.into_any()
}
