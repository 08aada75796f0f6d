//! The PostgreSQL wire of `census serve`: what configuration says of it, and passwords for it.

use crate::configuration::ServeSection;
use crate::exit::Exit;
use anyhow::Context;
use census_error::{Error, SqlState};
use census_pg::{Limits, PgError, ServerOptions, TlsFiles, Verifier};
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::net::SocketAddr;

/// Returns how the server is set up.
///
/// # Errors
/// F0000 for half of TLS, and for a user without a verifier.
pub(super) fn options(address: SocketAddr, section: &ServeSection) -> Result<ServerOptions, Error> {
    let mut users = BTreeMap::new();
    for (user, password) in &section.users {
        let verifier =
            Verifier::parse(password).ok_or_else(|| PgError::NoVerifier { user: user.clone() })?;
        users.insert(user.clone(), verifier);
    }
    let mut limits = Limits::default();
    limits.connections = section.connections.unwrap_or(limits.connections);
    Ok(ServerOptions {
        address,
        tls: tls(section)?,
        users,
        statement_timeout: section.statement_timeout.clone(),
        limits,
    })
}

fn tls(section: &ServeSection) -> Result<Option<TlsFiles>, Error> {
    match (&section.tls_certificate, &section.tls_key) {
        (Some(certificate), Some(key)) => {
            Ok(Some(TlsFiles { certificate: certificate.clone(), key: key.clone() }))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(incomplete("tls_certificate", "tls_key")),
        (None, Some(_)) => Err(incomplete("tls_key", "tls_certificate")),
    }
}

fn incomplete(given: &str, missing: &str) -> Error {
    Error::new(SqlState::ConfigFileError, format!("[serve] has {given} and no {missing}"))
        .with_hint("Certificate and key belong together.")
}

/// Reads a password and prints what stands for it.
pub(super) fn hash_password() -> anyhow::Result<Exit> {
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).context("standard input cannot be read")?;
    let password = password.trim_end_matches(['\n', '\r']);
    let verifier = Verifier::of_password(password).map_err(Error::from)?;
    writeln!(std::io::stdout(), "{verifier}")?;
    Ok(Exit::Done)
}
