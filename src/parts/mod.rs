//! Pieces that know the product and serve several pages.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod all_roles;
pub(crate) mod capabilities;
pub(crate) mod chooser;
pub(crate) mod commands;
pub(crate) mod finder;
pub(crate) mod gate;
pub(crate) mod gate_account;
pub(crate) mod group_form;
pub(crate) mod list_pages;
pub(crate) mod matrix;
pub(crate) mod org_page;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod problem;
pub(crate) mod providers;
pub(crate) mod removal;
pub(crate) mod review;
pub(crate) mod role;
pub(crate) mod role_choice;
pub(crate) mod session_ended;
pub(crate) mod shell;
pub(crate) mod who;
pub(crate) mod why;
