//! Ctrl-C and SIGTERM as futures.

use std::time::Duration;
use tokio::sync::watch;

/// A request to stop that many can wait for.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Listens from now on.
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        let requested = requested();
        tokio::spawn(async move {
            requested.await;
            sender.send_replace(true);
        });
        Self(receiver)
    }

    /// Resolves when the process is asked to stop, or was.
    pub async fn requested(&self) {
        // An error means that nobody listens any more, which only an ending process sees.
        let _ = self.0.clone().wait_for(|requested| *requested).await;
    }

    /// Tells whether the process was asked to stop.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }
}

/// Resolves when the process is asked to stop; from the call on, not only from the first wait.
#[cfg(unix)]
pub fn requested() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    // Where no handler can be installed the system's own applies, and ends the process.
    async fn heard(listener: std::io::Result<Signal>) {
        match listener {
            Ok(mut listener) => drop(listener.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
        }
    }
}

/// Resolves when the process is asked to stop.
#[cfg(not(unix))]
pub async fn requested() {
    typed().await;
}

/// Resolves at Ctrl-C alone; SIGTERM keeps its effect.
pub async fn typed() {
    // Where no handler can be installed the system's own applies, and ends the process.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Ends the process at the second request, or `grace` after the first: a command may hang on a peer or on
/// whoever reads its output.
pub fn insist(grace: Option<Duration>) {
    tokio::spawn(async move {
        requested().await;
        match grace {
            None => requested().await,
            Some(grace) => tokio::select! {
                () = requested() => {}
                () = tokio::time::sleep(grace) => {}
            },
        }
        std::process::exit(1);
    });
}
