//! Elements, built one call at a time.
//!
//! Leptos' own `view!` gives every piece of markup a type of its own, and the code for building,
//! changing and dropping it is compiled once for each (docs/decisions/0004). So the console takes
//! effects, owners and contexts from Leptos and makes its elements here, where nothing
//! that is large is generic.

mod dynamic;
mod moments;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, Element, Event, HtmlElement, Node, Window};

use crate::boxed::{Act, Give};
use crate::reactive;

pub(crate) use dynamic::{Item, dynamic, each, switch, watch};
pub(crate) use moments::{every, later, on_frame, on_window};

/// Something to put on the page: an element, text, or several of them.
#[derive(Debug)]
pub(crate) struct View(Node);

/// An element under construction. A clone is the same element.
#[derive(Debug, Clone)]
pub(crate) struct El(Element);

thread_local! {
    static DOCUMENT: Document = window().document().unwrap_throw();
}

/// The window. There always is one: the console runs in no worker.
pub(crate) fn window() -> Window {
    web_sys::window().unwrap_throw()
}

/// The page.
pub(crate) fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// A new HTML element.
pub(crate) fn el(tag: &str) -> El {
    // Fails only for what cannot be a name; all names here are constants.
    El(document().create_element(tag).unwrap_throw())
}

/// A new HTML element with a class.
pub(crate) fn tag(tag: &str, class: &str) -> El {
    el(tag).attr("class", class)
}

/// A new SVG element.
pub(crate) fn svg(tag: &str) -> El {
    let namespace = Some("http://www.w3.org/2000/svg");
    El(document().create_element_ns(namespace, tag).unwrap_throw())
}

/// Several views in a row.
pub(crate) fn views(views: impl IntoIterator<Item = View>) -> View {
    let fragment = document().create_document_fragment();
    for view in views {
        append(&fragment, &view.0);
    }
    View(fragment.into())
}

/// No view.
pub(crate) fn nothing() -> View {
    views([])
}

fn append(parent: &Node, child: &Node) {
    // Fails only for a parent that cannot have children.
    let _ = parent.append_child(child);
}

impl El {
    /// Sets an attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute if there is a value.
    pub(crate) fn attr_maybe(self, name: &str, value: Option<&str>) -> Self {
        set(&self.0, name, value);
        self
    }

    /// Sets an attribute without a value.
    pub(crate) fn flag(self, name: &str) -> Self {
        self.attr(name, "")
    }

    /// Puts something into it, after what is there.
    pub(crate) fn child(self, child: impl Into<View>) -> Self {
        append(&self.0, &child.into().0);
        self
    }

    /// Calls `act` on an event.
    pub(crate) fn on(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        self.listen(event, Box::new(act))
    }

    fn listen(self, event: &str, act: Box<dyn Act<Event>>) -> Self {
        let act: Box<dyn Fn(Event)> = Box::new(move |event| act.act(event));
        // The browser frees the closure together with the element.
        let act = Closure::wrap(act).into_js_value();
        let _ = self
            .0
            .add_event_listener_with_callback(event, act.unchecked_ref());
        self
    }

    /// Keeps an attribute as `value` says; `None` takes it away.
    pub(crate) fn bind(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.bind_boxed(name, Box::new(value))
    }

    fn bind_boxed(self, name: &'static str, value: Box<dyn Give<Option<String>>>) -> Self {
        let element = self.0.clone();
        watch(move || set(&element, name, value.give().as_deref()));
        self
    }

    /// Keeps an attribute there for as long as `value` says.
    pub(crate) fn bind_flag(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        self.bind(name, move || value().then(String::new))
    }

    /// Keeps an ARIA attribute at `true` or `false`.
    pub(crate) fn bind_bool(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        self.bind(name, move || Some(true_or_false(value()).to_owned()))
    }

    /// Adds text that changes.
    pub(crate) fn text(self, words: impl Fn() -> String + 'static) -> Self {
        self.text_boxed(Box::new(words))
    }

    fn text_boxed(self, words: Box<dyn Give<String>>) -> Self {
        let node = document().create_text_node("");
        append(&self.0, &node);
        watch(move || node.set_data(&words.give()));
        self
    }

    /// Sets an attribute now.
    pub(crate) fn set(&self, name: &str, value: Option<&str>) {
        set(&self.0, name, value);
    }

    /// The element as it is for the browser.
    pub(crate) fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    /// The element as a certain kind of element, which it is known to be.
    pub(crate) fn as_kind<T: JsCast>(&self) -> &T {
        self.0.unchecked_ref()
    }

    /// The first element in it that a selector finds.
    pub(crate) fn find(&self, selector: &str) -> Option<El> {
        self.0.query_selector(selector).ok().flatten().map(El)
    }

    /// Puts the focus on it.
    pub(crate) fn focus(&self) {
        let _ = self.html().focus();
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for what cannot be a name.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// As ARIA says it.
pub(crate) fn true_or_false(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The first element that a selector finds.
pub(crate) fn find(selector: &str) -> Option<El> {
    document().query_selector(selector).ok().flatten().map(El)
}

/// The element with an id.
pub(crate) fn find_id(id: &str) -> Option<El> {
    document().get_element_by_id(id).map(El)
}

/// The element with the focus.
pub(crate) fn active() -> Option<El> {
    document().active_element().map(El)
}

impl From<El> for View {
    fn from(element: El) -> Self {
        Self(element.0.into())
    }
}

impl From<&str> for View {
    fn from(text: &str) -> Self {
        Self(document().create_text_node(text).into())
    }
}

impl From<&String> for View {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<View>> From<Option<T>> for View {
    fn from(view: Option<T>) -> Self {
        view.map_or_else(nothing, Into::into)
    }
}

/// Draws the whole of the page.
pub(crate) fn mount(app: impl FnOnce() -> View + 'static) {
    reactive::start(|| append(&document().body().unwrap_throw(), &app().0));
}
