//! Closures in boxes.
//!
//! A `Box<dyn Fn()>` brings, for every closure, functions that call it once and drop it, or call it
//! as one that changes. Nothing here does that, and there are hundreds of closures: these traits have
//! nothing but the call (docs/decisions/0004).

/// Something that is worked out.
pub(crate) trait Give<T> {
    fn give(&self) -> T;
}

impl<T, F: Fn() -> T> Give<T> for F {
    fn give(&self) -> T {
        self()
    }
}

/// What is done about something.
pub(crate) trait Act<T> {
    fn act(&self, about: T);
}

impl<T, F: Fn(T)> Act<T> for F {
    fn act(&self, about: T) {
        self(about);
    }
}

/// Work that remembers something.
pub(crate) trait Work {
    fn work(&mut self);
}

impl<F: FnMut()> Work for F {
    fn work(&mut self) {
        self();
    }
}
