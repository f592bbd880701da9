//! Signals, stored values and callbacks, as Leptos has them and under the same names, on top of one
//! kind of stored value and one kind of trigger.
//!
//! Leptos compiles all of its signal for every type that one holds: some 4 kB of the console each,
//! and there are dozens. Here a value is held as `Rc<dyn Any>`; what is generic only tells which type
//! it is (docs/decisions/0004). Each is a number and lives as long as the owner that made it.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use wasm_bindgen::UnwrapThrowExt;

use crate::boxed::{Act, Give, Work};
use crate::reactive::{
    self, ArcTrigger, Effect, GetValue, LocalStorage, Notify, Track, untrack, use_context,
};
use crate::ui::dom::watch;

/// Where a value is held.
#[derive(Debug, Clone)]
struct Slot {
    value: Rc<RefCell<Rc<dyn Any>>>,
    changed: ArcTrigger,
}

type Place = reactive::StoredValue<Slot, LocalStorage>;

#[inline(never)]
fn hold(value: Rc<dyn Any>) -> Place {
    Place::new_local(Slot {
        value: Rc::new(RefCell::new(value)),
        changed: ArcTrigger::new(),
    })
}

#[inline(never)]
fn value(place: Place, is_tracked: bool) -> Option<Rc<dyn Any>> {
    let slot = place.try_get_value()?;
    if is_tracked {
        slot.changed.track();
    }
    let value = slot.value.borrow();
    Some(Rc::clone(&value))
}

#[inline(never)]
fn replace(place: Place, value: Rc<dyn Any>, notifies: bool) -> Option<Rc<dyn Any>> {
    let slot = place.try_get_value()?;
    let old = slot.value.replace(value);
    if notifies {
        slot.changed.notify();
    }
    Some(old)
}

fn read<T: 'static>(place: Place, is_tracked: bool) -> Option<Rc<T>> {
    value(place, is_tracked)?.downcast().ok()
}

fn change<T: 'static, U>(
    place: Place,
    notifies: bool,
    work: impl FnOnce(&mut T) -> U,
) -> Option<U> {
    let mut value: Rc<T> = replace(place, Rc::new(()), false)?.downcast().ok()?;
    // INVARIANT: nobody changes what they still read.
    let done = work(Rc::get_mut(&mut value).unwrap_throw());
    replace(place, value, notifies);
    Some(done)
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub(crate) struct $name<T: 'static> {
            place: Place,
            kind: PhantomData<fn() -> T>,
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<T> $name<T> {
            fn at(place: Place) -> Self {
                Self {
                    place,
                    kind: PhantomData,
                }
            }
        }
    };
}

handle!(
    /// A value that may change; who reads it is told.
    RwSignal
);
handle!(
    /// A value that is read from others.
    Signal
);
handle!(
    /// A value that nobody follows.
    StoredValue
);
handle!(
    /// What is done about something.
    Callback
);

impl<T> RwSignal<T> {
    pub(crate) fn new(value: T) -> Self {
        Self::at(hold(Rc::new(value)))
    }

    pub(crate) fn track(self) {
        let _ = value(self.place, true);
    }

    /// The value, tracked. Nobody changes it while it is held.
    pub(crate) fn read(self) -> Rc<T> {
        read(self.place, true).unwrap_throw()
    }

    pub(crate) fn read_untracked(self) -> Rc<T> {
        read(self.place, false).unwrap_throw()
    }

    pub(crate) fn with<U>(self, work: impl FnOnce(&T) -> U) -> U {
        work(&self.read())
    }

    pub(crate) fn with_untracked<U>(self, work: impl FnOnce(&T) -> U) -> U {
        work(&self.read_untracked())
    }

    /// Changes nothing once its owner has gone.
    pub(crate) fn set(self, value: T) {
        replace(self.place, Rc::new(value), true);
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_update<U>(self, work: impl FnOnce(&mut T) -> U) -> Option<U> {
        change(self.place, true, work)
    }

    pub(crate) fn update(self, work: impl FnOnce(&mut T)) {
        self.try_update(work);
    }
}

impl<T: Clone> RwSignal<T> {
    pub(crate) fn get(self) -> T {
        T::clone(&self.read())
    }

    pub(crate) fn get_untracked(self) -> T {
        T::clone(&self.read_untracked())
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_get_untracked(self) -> Option<T> {
        read(self.place, false).map(|value| T::clone(&value))
    }
}

impl<T: Default> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

type Read<T> = Box<dyn Give<T>>;

impl<T> Signal<T> {
    /// What `read` gives.
    pub(crate) fn derive(read: impl Fn() -> T + 'static) -> Self {
        let read: Read<T> = Box::new(read);
        Self::at(hold(Rc::new(read)))
    }

    pub(crate) fn get(self) -> T {
        let found: Rc<Read<T>> = read(self.place, false).unwrap_throw();
        found.give()
    }

    pub(crate) fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_get_untracked(self) -> Option<T> {
        read::<Read<T>>(self.place, false).map(|read| untrack(|| read.give()))
    }

    pub(crate) fn with<U>(self, work: impl FnOnce(&T) -> U) -> U {
        work(&self.get())
    }

    pub(crate) fn with_untracked<U>(self, work: impl FnOnce(&T) -> U) -> U {
        work(&self.get_untracked())
    }
}

impl<T: Clone> Signal<T> {
    /// One that never changes.
    pub(crate) fn stored(value: T) -> Self {
        Self::derive(move || value.clone())
    }
}

impl<T: Clone> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T> StoredValue<T> {
    pub(crate) fn new(value: T) -> Self {
        Self::at(hold(Rc::new(value)))
    }

    pub(crate) fn with_value<U>(self, work: impl FnOnce(&T) -> U) -> U {
        self.try_with_value(work).unwrap_throw()
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_with_value<U>(self, work: impl FnOnce(&T) -> U) -> Option<U> {
        read(self.place, false).map(|value| work(&value))
    }

    pub(crate) fn set_value(self, value: T) {
        replace(self.place, Rc::new(value), false);
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_update_value<U>(self, work: impl FnOnce(&mut T) -> U) -> Option<U> {
        change(self.place, false, work)
    }

    pub(crate) fn update_value(self, work: impl FnOnce(&mut T)) {
        self.try_update_value(work);
    }
}

impl<T: Clone> StoredValue<T> {
    pub(crate) fn get_value(self) -> T {
        self.try_get_value().unwrap_throw()
    }

    /// `None` once its owner has gone.
    pub(crate) fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

impl<T: Default> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

type Acting<T> = Box<dyn Act<T>>;

impl<T> Callback<T> {
    pub(crate) fn new(act: impl Fn(T) + 'static) -> Self {
        let act: Acting<T> = Box::new(act);
        Self::at(hold(Rc::new(act)))
    }

    /// Does nothing once its owner has gone.
    pub(crate) fn run(self, about: T) {
        if let Some(act) = read::<Acting<T>>(self.place, false) {
            act.act(about);
        }
    }
}

/// A value that is worked out anew when what it reads changes, and tells of it only when it became
/// another one.
pub(crate) fn memo<T: PartialEq + Clone>(work: impl Fn() -> T + 'static) -> Signal<T> {
    let known = RwSignal::new(None::<T>);
    watch(move || {
        let new = Some(work());
        if *known.read_untracked() != new {
            known.set(new);
        }
    });
    Signal::derive(move || known.get().unwrap_throw())
}

/// What `app` provides to everything.
pub(crate) fn shared<T: Clone + 'static>() -> T {
    // INVARIANT: `app` provides it before it draws. The library's own words for its absence would be
    // compiled for every type.
    use_context().unwrap_throw()
}

/// Runs `work` once the page is drawn, and again whenever what it read changes, for as long as the
/// view around it lives.
pub(crate) fn after(work: impl FnMut() + 'static) {
    after_boxed(Box::new(work));
}

fn after_boxed(mut work: Box<dyn Work>) {
    Effect::new(move |_: Option<()>| work.work());
}

#[cfg(test)]
mod tests {
    use crate::reactive::Owner;

    use super::*;

    #[test]
    fn a_signal_holds_what_was_put_last() {
        let owner = Owner::new();
        owner.with(|| {
            let count = RwSignal::new(1);
            let double = Signal::derive(move || count.get() * 2);
            count.update(|count| *count += 1);
            assert_eq!((count.get(), double.get()), (2, 4));
            count.set(5);
            assert_eq!(double.get_untracked(), 10);
        });
    }

    #[test]
    fn what_belongs_to_an_owner_goes_with_it() {
        let owner = Owner::new();
        let (signal, stored, callback) = owner.with(|| {
            let callback = Callback::new(|()| panic!("its owner has gone"));
            (RwSignal::new(1), StoredValue::new(1), callback)
        });
        owner.cleanup();
        signal.set(2);
        callback.run(());
        assert_eq!(signal.try_get_untracked(), None);
        assert_eq!(stored.try_get_value(), None);
        assert_eq!(signal.try_update(|value| *value), None);
    }
}
