//! An authority of its own for each cluster, so that tests can verify the server's name.

use anyhow::{Context as _, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// What a client writes to reach the server.
const NAMES: [&str; 2] = ["localhost", "127.0.0.1"];

/// Everything as PEM.
#[derive(Debug)]
pub(super) struct Certificates {
    /// The authority's certificate, for the clients.
    pub(super) authority: String,
    /// The server's certificate.
    pub(super) server: String,
    /// The server's private key.
    pub(super) key: String,
}

/// Makes an authority, whose key is forgotten at once, and a server's certificate.
pub(super) fn make() -> Result<Certificates> {
    sign().context("cannot make the certificates of the test database")
}

fn sign() -> Result<Certificates, rcgen::Error> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    authority
        .distinguished_name
        .push(DnType::CommonName, "Bailiwick test authority");
    let authority_key = KeyPair::generate()?;
    let authority_pem = authority.self_signed(&authority_key)?.pem();

    let mut server = CertificateParams::new(NAMES.map(str::to_owned))?;
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    server
        .distinguished_name
        .push(DnType::CommonName, "Bailiwick test database");
    let server_key = KeyPair::generate()?;
    let signed = server.signed_by(&server_key, &Issuer::new(authority, authority_key))?;
    Ok(Certificates {
        authority: authority_pem,
        server: signed.pem(),
        key: server_key.serialize_pem(),
    })
}
