//! Pieces of the page that change with the signals they read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use web_sys::{Comment, Node};

use crate::boxed::{Give, Work};
use crate::reactive::{Owner, RenderEffect, untrack};

use super::{El, View, append, document, views};

/// Runs `work` now, and again whenever what it read changes, for as long as the view around it
/// lives.
pub(crate) fn watch(work: impl FnMut() + 'static) {
    watch_boxed(Box::new(work));
}

pub(super) fn watch_boxed(mut work: Box<dyn Work>) {
    let effect = RenderEffect::new(move |_: Option<()>| work.work());
    // It stops when it is dropped: with the owner of this very moment.
    let _ = crate::state::StoredValue::new(effect);
}

/// A view that is drawn anew whenever what `draw` reads changes.
pub(crate) fn dynamic<V: Into<View>>(draw: impl Fn() -> V + 'static) -> View {
    dynamic_boxed(Box::new(move || draw().into()))
}

fn dynamic_boxed(draw: Box<dyn Give<View>>) -> View {
    let (place, view) = Place::new();
    watch_boxed(Box::new(move || place.put(&draw.give())));
    view
}

/// A view that is drawn anew only when `key` becomes another one. What `draw` reads is not
/// followed.
pub(crate) fn switch<K: PartialEq + 'static>(
    key: impl Fn() -> K + 'static,
    draw: impl Fn(&K) -> View + 'static,
) -> View {
    let last: Rc<RefCell<Option<K>>> = Rc::new(RefCell::new(None));
    let known = Rc::clone(&last);
    let is_new = move || {
        let now = Some(key());
        let is_new = *known.borrow() != now;
        if is_new {
            known.replace(now);
        }
        is_new
    };
    let draw = move || last.borrow().as_ref().map(&draw).into();
    switch_boxed(Box::new(is_new), Box::new(draw))
}

fn switch_boxed(is_new: Box<dyn Give<bool>>, draw: Box<dyn Give<View>>) -> View {
    let (place, view) = Place::new();
    // What is drawn outlives a run of the effect, so its owner is not the effect's.
    let around = Owner::current().unwrap_or_default();
    let mut inner: Option<Owner> = None;
    watch_boxed(Box::new(move || {
        if !is_new.give() {
            return;
        }
        if let Some(old) = inner.take() {
            old.cleanup();
        }
        let owner = around.with(Owner::new);
        place.put(&owner.with(|| untrack(|| draw.give())));
        inner = Some(owner);
    }));
    view
}

/// An element of [`each`], and what brings it up to date with its place.
pub(crate) type Item = (El, Box<dyn FnMut(usize)>);

/// One element for each key, in their order. An element stays the same for as long as its key is
/// there, and moves only when it has to, so that it keeps the focus.
pub(crate) fn each(
    keys: impl Fn() -> Vec<String> + 'static,
    draw: impl Fn(&str) -> Item + 'static,
) -> View {
    each_boxed(Box::new(keys), Box::new(draw))
}

fn each_boxed(keys: Box<dyn Fn() -> Vec<String>>, draw: Box<dyn Fn(&str) -> Item>) -> View {
    let (place, view) = Place::new();
    let mut known: HashMap<String, Item> = HashMap::new();
    watch_boxed(Box::new(move || {
        let wanted = keys();
        let mut old = std::mem::take(&mut known);
        let mut items = Vec::with_capacity(wanted.len());
        for key in wanted {
            let item = old.remove(&key).unwrap_or_else(|| draw(&key));
            items.push((key, item));
        }
        for (element, _) in old.into_values() {
            element.html().remove();
        }
        let mut next = place.start.next_sibling();
        for (at, (key, (element, mut update))) in items.into_iter().enumerate() {
            update(at);
            let node: &Node = element.html();
            if next.as_ref() == Some(node) {
                next = node.next_sibling();
            } else {
                insert(node, next.as_ref().unwrap_or(&place.end));
            }
            known.insert(key, (element, update));
        }
    }));
    view
}

/// A place on the page, between two marks that the browser does not show.
struct Place {
    start: Comment,
    end: Comment,
}

impl Place {
    fn new() -> (Self, View) {
        let place = Self {
            start: document().create_comment(""),
            end: document().create_comment(""),
        };
        let view = views([
            View(place.start.clone().into()),
            View(place.end.clone().into()),
        ]);
        (place, view)
    }

    fn put(&self, view: &View) {
        let end: &Node = &self.end;
        while let Some(node) = self.start.next_sibling().filter(|node| node != end) {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(&node);
            }
        }
        insert(&view.0, end);
    }
}

fn insert(node: &Node, before: &Node) {
    match before.parent_node() {
        Some(parent) => {
            let _ = parent.insert_before(node, Some(before));
        }
        None => append(before, node),
    }
}
