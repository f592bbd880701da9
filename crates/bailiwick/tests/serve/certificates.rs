//! Authorities and certificates that live as long as a test.

use std::fs;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// Writes a certificate for `host` and its key, and the certificate of a new authority that signed it.
pub(crate) fn write(folder: &Path, host: &str, authority: &str) {
    let authority_key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = parameters.self_signed(&authority_key).unwrap();
    fs::write(folder.join(authority), root.pem()).unwrap();

    let key = KeyPair::generate().unwrap();
    let parameters_of_it = CertificateParams::new(vec![host.to_owned()]).unwrap();
    let issuer = Issuer::from_params(&parameters, &authority_key);
    let certificate = parameters_of_it.signed_by(&key, &issuer).unwrap();
    fs::write(folder.join("cert.pem"), certificate.pem()).unwrap();
    fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}
