//! The server's certificate and key.

use crate::end_point;
use crate::error::PgError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Where certificate and key are, both as PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, followed by those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What a connection that is encrypted begins with, for clients that ask for it by name.
const PROTOCOL: &[u8] = b"postgresql";

/// What encrypts connections.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    /// What the channel is known by, if its certificate tells.
    pub(crate) end_point: Option<Vec<u8>>,
}

/// Reads certificate and key.
///
/// # Errors
/// Where a file cannot be read or holds no certificate or key, and where they do not belong together.
pub(crate) fn open(files: &TlsFiles) -> Result<Tls, PgError> {
    let certificates = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|fault| unusable(&files.certificate, fault))?;
    let Some(certificate) = certificates.first() else {
        return Err(unusable(&files.certificate, "it holds no certificate"));
    };
    let end_point = end_point::of_certificate(certificate);
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|fault| unusable(&files.key, fault))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(certificates, key))
        .map_err(|fault| unusable(&files.certificate, fault))?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), end_point })
}

fn unusable(file: &Path, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PgError {
    PgError::Tls { file: file.to_owned(), source: source.into() }
}
