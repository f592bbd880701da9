//! The map of nested plots beside the sign-in, on wide screens.

use leptos::prelude::*;

/// The map. Decoration: static markup without a name.
pub(super) fn map() -> AnyView {
    view! {
        <svg
            class="p-map"
            fill="none"
            stroke="var(--line-strong)"
            font-family="var(--mono)"
            font-size="13"
            viewBox="0 0 640 800"
            preserveAspectRatio="xMidYMid slice"
            aria-hidden="true"
        >
            <path d="M72 0v800M0 104h640M568 104v696M72 696h496M72 392h176M248 104v592M0 312h72M0 540h72M320 0v104M568 300h72M568 520h72M160 696v104M396 696v104M404 104v104M72 244h176M160 244v148M72 540h176" />
            <g stroke="var(--accent-line)">
                <path fill="var(--accent-tint)" d="M248 208h320v408H248z" />
                <path d="M332 208v88M450 208v88M248 452h84M248 536h84M420 536v80" />
                <path fill="var(--accent-soft)" d="M332 296h236v240H332z" />
                <path d="M416 296v80M512 472v64M332 424h84M512 424h56" />
            </g>
            <path fill="var(--accent-fill)" stroke="none" d="M416 376h96v96h-96z" />
            <g fill="var(--faint)" stroke="none">
                <text x="84" y="128">"acme"</text>
                <text x="260" y="128">"staging"</text>
                <text x="84" y="268">"prod"</text>
                <text x="84" y="564">"sandbox"</text>
            </g>
            <g fill="var(--accent)" stroke="none">
                <text x="260" y="232">"dev"</text>
                <text x="344" y="320">"payments"</text>
                <text x="426" y="396" fill="var(--on-accent)">"ledger"</text>
            </g>
        </svg>
    }
    .into_any()
}
