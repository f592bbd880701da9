//! The edges of the browser that several modules need: the clock, the address, storage.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};

use crate::ui::dom::{on_window, window};

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    // INVARIANT: a date's milliseconds are whole and far below 2^53.
    #[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
    let now = js_sys::Date::now() as i64;
    now
}

/// `https://id.example.com`, as the page was loaded from.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// `id.example.com`, with its port if it is unusual.
pub(crate) fn host() -> String {
    window().location().host().unwrap_or_default()
}

/// The path of the address bar.
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The query of the address bar, with its `?` unless empty.
pub(crate) fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// What stands after the `#` of the address bar, which is taken out of it and of the history.
pub(crate) fn take_fragment() -> Option<String> {
    let fragment = window().location().hash().unwrap_or_default();
    let taken = fragment.strip_prefix('#')?.to_owned();
    replace_address(&(path() + &query()), &JsValue::NULL);
    Some(taken)
}

/// What a page left at its entry of the history.
pub(crate) fn history_note() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string()
}

/// Leaves a note at this entry of the history.
pub(crate) fn note_in_history(note: &str) {
    replace_address(&(path() + &query()), &JsValue::from_str(note));
}

fn replace_address(to: &str, note: &JsValue) {
    // Refused only to a document that is no longer shown.
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(note, "", Some(to));
    }
}

/// One parameter of the address bar's query.
pub(crate) fn query_value(name: &str) -> Option<String> {
    web_sys::UrlSearchParams::new_with_str(&query())
        .ok()?
        .get(name)
}

/// Whether the browser itself knows that there is no network.
pub(crate) fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Loads another page, dropping everything that this one knows.
pub(crate) fn leave_for(url: &str) {
    // Fails only for a malformed URL; ours are made of constants and encoded values.
    let _ = window().location().assign(url);
}

/// Closes this tab, if the browser lets a page do that.
pub(crate) fn close() {
    let _ = window().close();
}

thread_local! {
    /// The path and fragment of a page that is worthless without it.
    static WITH_FRAGMENT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What the address is to be when this page itself loads again; empty for the one that shows.
pub(crate) fn keep_over_reload(address: String) {
    WITH_FRAGMENT.with(|kept| kept.replace(address));
}

/// Loads this page again.
pub(crate) fn reload() {
    WITH_FRAGMENT.with_borrow(|address| {
        // The page takes the fragment out again when it starts.
        if address.split('#').next() == Some(path().trim_end_matches('/')) {
            replace_address(address, &JsValue::NULL);
        }
    });
    let _ = window().location().reload();
}

/// Loads the page again whenever the browser brings it back as it once was: it may have been drawn
/// for somebody who signed out meanwhile.
pub(crate) fn refuse_old_pages() {
    on_window("pageshow", |event| {
        if event
            .unchecked_ref::<web_sys::PageTransitionEvent>()
            .persisted()
        {
            reload();
        }
    });
}

/// The browser's local storage; `None` where it is switched off.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The stored value of `key`.
pub(crate) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores `value` under `key`. Answers whether that worked.
pub(crate) fn store(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets what is stored under `key`.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Forgets everything that is stored under a key that begins with one of these.
pub(crate) fn forget_all(prefixes: &[&str]) {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    // A key that goes would move those after it.
    let keys: Vec<String> = keys.collect();
    for key in keys {
        if prefixes.iter().any(|prefix| key.starts_with(prefix)) {
            forget(&key);
        }
    }
}
