//! `census serve`: answers PostgreSQL clients until interrupted.

use crate::configuration::{Configuration, ServeSection};
use crate::exit::Exit;
use crate::interrupt;
use crate::surroundings::tell;
use anyhow::Context;
use census_engine::Engine;
use census_error::{Error, SqlState};
use census_pg::{Limits, PgError, Server, ServerOptions, TlsFiles, Verifier};
use census_store::Store;
use clap::Args;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Where PostgreSQL clients are listened to, where nothing says otherwise.
const DEFAULT_ADDRESS: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 5433);

/// How long after the first request to stop the process ends, whatever hangs.
const GRACE: Duration = Duration::from_secs(15);

/// Answers PostgreSQL clients until interrupted
#[derive(Debug, Args)]
pub struct Serve {
    /// Where PostgreSQL clients are listened to; port 0 takes a free one. Off loopback it needs TLS and users
    /// [default: census.toml's, else 127.0.0.1:5433]
    #[arg(long, value_name = "ADDR")]
    pg: Option<SocketAddr>,

    /// Reads a password from standard input and prints what stands for it in census.toml, instead of serving
    #[arg(long, conflicts_with = "pg")]
    hash_password: bool,
}

impl Serve {
    /// Listens, says so on stderr, and serves until SIGINT or SIGTERM.
    ///
    /// # Errors
    /// Where the store cannot be opened, or what was asked for cannot be had: an address, TLS, users.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        if self.hash_password {
            return hash_password();
        }
        let options = options(self.pg, &configuration.serve)?;
        let store = Arc::new(Store::open(&configuration.store).await?);
        let directory = configuration.directory()?;
        let server = Server::bind(Engine::new(store, directory), options).await?;
        tell(&format!("census ready: postgres {}", server.address()));
        let stop = async {
            interrupt::requested().await;
            interrupt::insist(Some(GRACE));
        };
        server.run(stop).await;
        Ok(Exit::Done)
    }
}

/// Returns how the server is set up, by argument and configuration.
fn options(address: Option<SocketAddr>, section: &ServeSection) -> Result<ServerOptions, Error> {
    let mut users = BTreeMap::new();
    for (user, password) in &section.users {
        let verifier =
            Verifier::parse(password).ok_or_else(|| PgError::NoVerifier { user: user.clone() })?;
        users.insert(user.clone(), verifier);
    }
    let mut limits = Limits::default();
    limits.connections = section.connections.unwrap_or(limits.connections);
    Ok(ServerOptions {
        address: address.or(section.pg).unwrap_or(DEFAULT_ADDRESS),
        tls: tls(section)?,
        users,
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

fn hash_password() -> anyhow::Result<Exit> {
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).context("standard input cannot be read")?;
    let password = password.trim_end_matches(['\n', '\r']);
    let verifier = Verifier::of_password(password).map_err(Error::from)?;
    writeln!(std::io::stdout(), "{verifier}")?;
    Ok(Exit::Done)
}
