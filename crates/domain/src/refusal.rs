//! What every refusal by a rule has in common.

/// A rule said no. `Display` tells a person what to do next; this tells a program, and the audit
/// trail, what it was.
pub trait Refusal: std::fmt::Display {
    /// A word in capitals, the same on the wire and in the audit trail: `NAME_TAKEN`.
    fn reason(&self) -> &'static str;
}

/// No rule refuses this.
impl Refusal for std::convert::Infallible {
    fn reason(&self) -> &'static str {
        match *self {}
    }
}
