//! Listening: connections are accepted until the server stops, each served by a task of its own.

use crate::cancellation::Registry;
use crate::connection;
use crate::error::{Origin, PgError, Report, Severity};
use crate::limits::Limits;
use crate::runtimes::Runtimes;
use crate::startup;
use crate::tls::{self, Tls, TlsFiles};
use crate::verifier::Verifier;
use crate::wire::{Wire, backend};
use census_engine::Engine;
use census_error::{Error, Result};
use futures::FutureExt;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// The setting that limits the time of statements.
pub(crate) const STATEMENT_TIMEOUT: &str = "statement_timeout";

/// How long accepting pauses where the system has no descriptor left for another connection.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a client may take to hear that there is no place for it.
const TURNING_AWAY: Duration = Duration::from_secs(2);

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where it listens; port 0 takes a free one.
    pub address: SocketAddr,
    /// Certificate and key; without them nothing is encrypted.
    pub tls: Option<TlsFiles>,
    /// The users that may log in, with their passwords as they are kept; without any, everybody may.
    pub users: BTreeMap<String, Verifier>,
    /// How long a statement may run where its session does not say otherwise, as SET takes it; none is no limit.
    pub statement_timeout: Option<String>,
    /// What clients may take.
    pub limits: Limits,
}

impl ServerOptions {
    /// Returns how a server for this machine alone is set up: it needs neither users nor TLS.
    #[must_use]
    pub fn local(address: SocketAddr) -> Self {
        Self {
            address,
            tls: None,
            users: BTreeMap::new(),
            statement_timeout: None,
            limits: Limits::default(),
        }
    }
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) tls: Option<Tls>,
    /// Whether a session may begin without TLS.
    pub(crate) allows_plain: bool,
    pub(crate) users: BTreeMap<String, Verifier>,
    pub(crate) statement_timeout: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) registry: Arc<Registry>,
    /// Where statements run.
    pub(crate) runtimes: Arc<Runtimes>,
    /// What the salt of a user that does not exist is made of.
    pub(crate) secret: [u8; 32],
    /// Turns true when the server stops.
    pub(crate) stopping: watch::Receiver<bool>,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Listens; connections are accepted once [`Server::run`] runs.
    ///
    /// # Errors
    /// F0000 where clients from elsewhere could connect without TLS or password, and for a certificate that cannot
    /// be used; 22023 for a time limit that is none; 58030 where the address cannot be listened on.
    pub async fn bind(engine: Engine, options: ServerOptions) -> Result<Self> {
        let is_local = options.address.ip().is_loopback();
        let exposed = |what| PgError::Exposed { address: options.address, what };
        if !is_local && options.tls.is_none() {
            return Err(exposed("a certificate").into());
        }
        if !is_local && options.users.is_empty() {
            return Err(exposed("users with passwords").into());
        }
        if let Some(limit) = &options.statement_timeout {
            engine.session().begin_with(STATEMENT_TIMEOUT, limit)?;
        }
        let tls = options.tls.as_ref().map(tls::open).transpose()?;
        let unavailable = |source| PgError::Unavailable { address: options.address, source };
        let listener = TcpListener::bind(options.address).await.map_err(unavailable)?;
        let address = listener.local_addr().map_err(unavailable)?;
        let (stop, stopping) = watch::channel(false);
        let shared = Shared {
            engine,
            tls,
            allows_plain: is_local,
            users: options.users,
            statement_timeout: options.statement_timeout,
            limits: options.limits,
            registry: Arc::default(),
            runtimes: Arc::default(),
            secret: rand::random(),
            stopping,
            stop,
        };
        Ok(Self { listener, address, shared: Arc::new(shared) })
    }

    /// Returns where the server listens, with its real port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` resolves; idle connections then end, and running statements get some seconds.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, shared, .. } = self;
        let mut connections = JoinSet::new();
        let places = Arc::new(Semaphore::new(shared.limits.connections));
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let (shared, places) = (Arc::clone(&shared), Arc::clone(&places));
                        connections.spawn(async move { serve(stream, peer, shared, &places).await });
                    }
                    Err(fault) => {
                        tracing::warn!(%fault, "no connection could be accepted");
                        tokio::time::sleep(PAUSE).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(listener);
        shared.stop.send_replace(true);
        let all = async { while connections.join_next().await.is_some() {} };
        // What still runs after that is dropped with the set, and its statement with it.
        let _ = tokio::time::timeout(shared.limits.stopping, all).await;
    }
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, peer: SocketAddr, shared: Arc<Shared>, places: &Arc<Semaphore>) {
    // Answers are sent whole; waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let mut wire = Wire::new(Box::new(stream), shared.limits.sending);
    let Ok(_place) = places.try_acquire() else {
        let turned_away = startup::turn_away(&mut wire, &shared);
        let _ = tokio::time::timeout(TURNING_AWAY, turned_away).await;
        return;
    };
    let begun = tokio::time::timeout(shared.limits.startup, startup::begin(wire, &shared)).await;
    match begun {
        Ok(Ok(Some(mut client))) => {
            let served = AssertUnwindSafe(connection::serve(&mut client, &shared)).catch_unwind();
            match served.await {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => tracing::debug!(%peer, %fault, "connection ended"),
                Err(_) => {
                    tracing::error!(%peer, "a session has panicked");
                    // A message may have been written in part.
                    client.wire.out.clear();
                    refuse(&mut client.wire, &Error::internal("the session has panicked")).await;
                }
            }
        }
        Ok(Ok(None)) => {}
        Ok(Err(fault)) => tracing::debug!(%peer, %fault, "no session began"),
        Err(_) => tracing::debug!(%peer, "no session began in time"),
    }
}

/// Tells a client why its connection ends, and ends it, whatever the client is sending.
pub(crate) async fn refuse(wire: &mut Wire, error: &Error) {
    write_fatal(wire, error);
    wire.part().await;
}

/// Tells a client that waits why its connection ends, and ends it.
pub(crate) async fn dismiss(wire: &mut Wire, error: &Error) {
    write_fatal(wire, error);
    wire.close().await;
}

fn write_fatal(wire: &mut Wire, error: &Error) {
    let report = Report::of_error(error, Severity::Fatal, Origin::NONE);
    backend::report(&mut wire.out, b'E', &report.fields());
}
