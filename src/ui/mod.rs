//! Pieces of the page that know nothing of the product: most have a style sheet of their name.

pub(crate) mod avatar;
pub(crate) mod badge;
pub(crate) mod button;
pub(crate) mod callout;
pub(crate) mod copy;
pub(crate) mod crumbs;
pub(crate) mod dialog;
pub(crate) mod dom;
pub(crate) mod empty;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod id;
pub(crate) mod live;
pub(crate) mod menu;
pub(crate) mod nav;
pub(crate) mod skeleton;
pub(crate) mod theme;
pub(crate) mod time;
pub(crate) mod tree;
