//! `[tls]`: the certificate with which the server speaks TLS itself.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

/// Where certificate and key are. Both are PEM.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The server's certificate, and after it those that lead to an authority.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why the files cannot be used.
#[derive(Debug, Error)]
pub enum TlsError {
    /// No PEM of the right kind can be read there.
    #[error("tls: cannot read a {what} from {}: {cause}", path.display())]
    Unreadable {
        /// `certificate` or `private key`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: rustls::pki_types::pem::Error,
    },
    /// Browsers would refuse it.
    #[error("tls: the first certificate in {} is not for {host}: {cause}", path.display())]
    OtherHost {
        /// The file.
        path: PathBuf,
        /// The host of `base_url`.
        host: String,
        /// What the certificate is for.
        cause: rustls::Error,
    },
    /// The two do not belong together, most likely.
    #[error("tls: {} and {} cannot be used together: {cause}", cert.display(), key.display())]
    Mismatch {
        /// The file of the certificate.
        cert: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// Why.
        cause: rustls::Error,
    },
}

impl Tls {
    /// Reads both files and checks that they fit each other and the host of `base_url`.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub fn load(&self, base_url: &Url) -> Result<Arc<ServerConfig>, TlsError> {
        let unreadable = |what, path: &PathBuf| {
            let path = path.clone();
            move |cause| TlsError::Unreadable { what, path, cause }
        };
        let chain: Vec<CertificateDer<'_>> = CertificateDer::pem_file_iter(&self.cert)
            .and_then(Iterator::collect)
            .map_err(unreadable("certificate", &self.cert))?;
        let first = chain
            .first()
            .ok_or(rustls::pki_types::pem::Error::NoItemsFound)
            .map_err(unreadable("certificate", &self.cert))?;
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(unreadable("private key", &self.key))?;
        let host = base_url.host_str().unwrap_or_default();
        is_for(first, host).map_err(|cause| TlsError::OtherHost {
            path: self.cert.clone(),
            host: host.to_owned(),
            cause,
        })?;
        let mismatch = |cause| TlsError::Mismatch {
            cert: self.cert.clone(),
            key: self.key.clone(),
            cause,
        };
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(mismatch)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(mismatch)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

fn is_for(certificate: &CertificateDer<'_>, host: &str) -> Result<(), rustls::Error> {
    let name = ServerName::try_from(host.trim_start_matches('[').trim_end_matches(']'))
        .map_err(|error| rustls::Error::General(error.to_string()))?;
    verify_server_name(&ParsedCertificate::try_from(certificate)?, &name)
}
