//! `access:check`, `access:explain`, `access:preview` and `access:apply`: who may do what where, why,
//! and what a change would do to that.

mod change;
mod check;
mod explain;
mod preview;

pub use change::{Change, ChangeCreate, ChangeDelete, ChangeUpdate, Changes};
pub use check::{
    Action, CheckAnswer, CheckAnswers, CheckContext, CheckError, CheckRequest, Entity, Evaluation,
    Options, Semantic,
};
pub use explain::{
    CapabilitySources, ExplainRequest, ExplainedBinding, Explanation, Holder, Remedy,
};
pub use preview::{ChangeRefusal, PersonChange, PlaceChange, Preview};
