//! Ctrl-C and SIGTERM as futures.

use std::time::Duration;

/// Resolves when the process is asked to stop.
pub async fn requested() {
    let interrupt = typed();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
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
