//! The numbers that several layers must agree on. What a number limits is enforced where the
//! thing is parsed or served, not here.

/// How many segments the id of a group has at most: an organization and 99 folders below it.
pub const GROUP_DEPTH_MAX: usize = 100;
/// The longest name of a group, in characters.
pub const GROUP_NAME_MAX: usize = 63;
/// The longest description, in characters.
pub const DESCRIPTION_MAX: usize = 512;
/// The longest e-mail address, in bytes.
pub const EMAIL_MAX: usize = 254;
/// How many items a list answers with when the caller names no page size.
pub const PAGE_SIZE_DEFAULT: u32 = 50;
/// How many items a list answers with at most.
pub const PAGE_SIZE_MAX: u32 = 200;
/// Up to how many items a list's total is counted; above, the total is left out.
pub const TOTAL_COUNT_MAX: u64 = 10_000;
/// The largest request body, in bytes.
pub const BODY_BYTES_MAX: usize = 65_536;
/// How many questions one `access:check` may ask.
pub const CHECKS_MAX: usize = 100;
/// How many changes one `access:preview`, `access:apply` or batch of role bindings may hold.
pub const CHANGES_MAX: usize = 25;
