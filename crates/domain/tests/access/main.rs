//! Access as a whole: the engine agrees with a reference that is written from the words of the
//! design, and no sequence of writes gets round the rules.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agreement;
mod reference;
mod sequences;
mod world;
