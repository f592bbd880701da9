//! The id of a person. It is computed from who vouches for them and the name they have there, so
//! it is known before they first sign in, and it never depends on an e-mail address.

use sha2::{Digest, Sha256};

use crate::Uidp;

/// The id of the person whom `issuer` calls `subject`: the first 20 bytes of SHA-256 over
/// `bailiwick-identity-v1` NUL issuer NUL subject.
///
/// `issuer` is the configured issuer URL, byte for byte. A URL holds no NUL, so no two pairs are
/// hashed alike.
pub fn identity_uidp(issuer: &str, subject: &str) -> Uidp {
    hashed_uidp(&["bailiwick-identity-v1", issuer, subject])
}

/// A root id from the first 20 bytes of SHA-256 over `parts` joined by NUL.
pub(crate) fn hashed_uidp(parts: &[&str]) -> Uidp {
    let digest = Sha256::digest(parts.join("\0"));
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&digest[..20]);
    Uidp::root(bytes)
}
