//! Ctrl-C, SIGTERM and SIGHUP as futures.

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
    // The terminal has gone, and what was read so far is to be kept.
    let hang_up = (!is_hang_up_ignored()).then(|| signal(SignalKind::hangup()));
    async {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
            () = async {
                match hang_up {
                    Some(hang_up) => heard(hang_up).await,
                    None => std::future::pending().await,
                }
            } => {}
        }
    }
}

/// Tells whether whoever started the process lets it outlive the terminal, as `nohup` does; only Linux tells.
#[cfg(unix)]
fn is_hang_up_ignored() -> bool {
    // Signals are numbered from 1, which is SIGHUP, and the mask's lowest bit is the first (proc(5)).
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 == 1)
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
