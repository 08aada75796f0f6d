//! Listens, and serves the routes until told to stop.

use crate::error::HttpError;
use crate::{health, metrics};
use axum::Router;
use census_metrics::Exposition;
use std::future::Future;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// A bound listener with its routes.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

impl Server {
    /// Binds an address of loopback; port 0 takes a free one.
    ///
    /// # Errors
    /// 22023 where others could reach the address, 58030 where it cannot be bound.
    pub async fn bind(address: SocketAddr, exposition: Exposition) -> census_error::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(HttpError::Exposed(address).into());
        }
        let failed = |source| HttpError::Bind { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let router = health::routes().merge(metrics::routes(exposition));
        Ok(Self { listener, address, router })
    }

    /// Returns where it listens, with the real port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` resolves, then answers what has begun.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) {
        let serving = axum::serve(self.listener, self.router).with_graceful_shutdown(stop);
        // It never returns an error: it retries to accept.
        let _ = serving.await;
    }
}
