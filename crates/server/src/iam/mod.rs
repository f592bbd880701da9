//! Resources: `/iam/v2/…`.

pub(crate) mod groups;
