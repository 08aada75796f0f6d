//! A server over an empty store, on a free port of loopback.

use census_directory::Directory;
use census_engine::Engine;
use census_pg::{Limits, Server, ServerOptions, Verifier};
use census_store::Store;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The user that may log in where passwords are asked for, and the password.
pub const USER: (&str, &str) = ("anna", "correct horse battery");

/// How long a server may take to stop.
const STOPPING: Duration = Duration::from_secs(20);

/// A server that runs.
pub struct Running {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    /// Starts a server that asks nobody for a password.
    pub async fn start() -> Self {
        Self::start_with(Limits::default(), false).await
    }

    /// Starts a server with these limits, which asks for a password or not.
    pub async fn start_with(limits: Limits, asks_for_password: bool) -> Self {
        let store = Arc::new(Store::open_or_create("memory:").await.unwrap());
        let engine = Engine::new(store, Arc::new(Directory::builtin().clone()));
        let mut users = BTreeMap::new();
        if asks_for_password {
            users.insert(USER.0.to_owned(), Verifier::of_password(USER.1).unwrap());
        }
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        let options = ServerOptions { address, tls: None, users, statement_timeout: None, limits };
        let server = Server::bind(engine, options).await.unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(server.run(async move { drop(stopped.await) }));
        Self { address, stop, task }
    }

    /// Stops the server and waits for its end.
    pub async fn stop(self) {
        drop(self.stop);
        tokio::time::timeout(STOPPING, self.task).await.unwrap().unwrap();
    }
}
