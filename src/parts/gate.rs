//! The layout of the pages outside the shell, on which a person decides.

use leptos::prelude::*;

use crate::browser;
use crate::session::use_session;
use crate::ui::icon::mark;

/// A gate: the mark above, one column, host and version below.
pub(crate) fn gate(column: AnyView) -> AnyView {
    let session = use_session();
    let version = move || {
        let version = session.server().version;
        if version.is_empty() {
            String::new()
        } else {
            ["Bailiwick ", &version].concat()
        }
    };
    view! {
        <div class="l-gate">
            <header class="l-gate-bar">
                <span class="ui-mark">{mark()} <span>"Bailiwick"</span></span>
            </header>
            <main class="l-gate-main" id="main">
                <div class="l-gate-col">{column}</div>
            </main>
            <footer class="l-gate-bar ui-tiny ui-faint">
                <span>{browser::host()}</span>
                <span>{version}</span>
            </footer>
        </div>
    }
    .into_any()
}
