//! The server: starts, is watched and changed while it runs, and stops.

use crate::clock::Clock;
use crate::error::SandboxError;
use crate::faults::{ArmedRules, FaultRule};
use crate::inventory::Inventory;
use crate::quota::{Buckets, Quota};
use crate::services;
use crate::state::State;
use crate::wire::{Listener, Received, Wire};
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use census_error::Result;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::call::Call;

/// Bytes of a request body that are read; AWS's own bodies here are under a kilobyte.
const BODY_LIMIT: usize = 1 << 20;

/// How a sandbox begins.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SandboxOptions {
    /// The port on 127.0.0.1; 0 (the default) picks a free one.
    pub port: u16,
    /// What the accounts hold.
    pub inventory: Inventory,
    /// The management quota; `None` is without limit. AWS's by default.
    pub quota: Option<Quota>,
    /// For how long keys of `AssumeRole` are valid where the caller does not ask; an hour by default.
    pub session_duration: Duration,
    /// The time that quota and temporary keys go by; the machine's by default.
    pub clock: Clock,
    /// The items of API Gateway's pages at most, whatever the caller asks for; AWS's own limits by default.
    pub page_limit: Option<usize>,
}

impl SandboxOptions {
    /// Returns the defaults for an inventory.
    #[must_use]
    pub fn new(inventory: Inventory) -> Self {
        Self {
            port: 0,
            inventory,
            quota: Some(Quota::AWS),
            session_duration: Duration::from_hours(1),
            clock: Clock::real(),
            page_limit: None,
        }
    }

    /// Sets the port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets or lifts the quota.
    #[must_use]
    pub fn quota(mut self, quota: Option<Quota>) -> Self {
        self.quota = quota;
        self
    }

    /// Sets for how long temporary keys are valid, whatever the caller asks for.
    #[must_use]
    pub fn session_duration(mut self, duration: Duration) -> Self {
        self.session_duration = duration;
        self
    }

    /// Cuts API Gateway's lists into pages of so many items, so that short lists have several.
    #[must_use]
    pub fn page_limit(mut self, items: usize) -> Self {
        self.page_limit = Some(items.max(1));
        self
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

/// A running sandbox; dropping it ends it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<State>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts to serve on 127.0.0.1, on the runtime of the caller.
    ///
    /// # Errors
    /// 58030 where the port cannot be bound.
    pub async fn start(options: SandboxOptions) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let bind = |source| SandboxError::Bind { address, source };
        let listener = TcpListener::bind(address).await.map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?;
        let (stop, stopped) = watch::channel(false);
        let state = Arc::new(State::new(options, stopped.clone()));
        let server = tokio::spawn(serve(listener, Arc::clone(&state), stopped));
        Ok(Self { address, state, stop, server })
    }

    /// Returns the address of all services, for `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns all calls so far, in the order in which they were answered.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.state.calls()
    }

    /// Returns how often each operation was called, whatever was answered.
    #[must_use]
    pub fn count_by_operation(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for call in self.state.calls() {
            *counts.entry(call.operation).or_default() += 1;
        }
        counts
    }

    /// Forgets all calls so far.
    pub fn clear_calls(&self) {
        self.state.clear_calls();
    }

    /// Replaces all faults; their counts begin anew.
    pub fn set_faults(&self, rules: Vec<FaultRule>) {
        self.state.set_faults(ArmedRules::new(rules));
    }

    /// Replaces the quota, with full buckets; `None` lifts it.
    pub fn set_quota(&self, quota: Option<Quota>) {
        self.state.set_buckets(Buckets::new(quota));
    }

    /// Lends the inventory, to read or change; no request is answered meanwhile.
    pub fn change<R>(&self, change: impl FnOnce(&mut Inventory) -> R) -> R {
        change(&mut self.state.inventory_mut())
    }

    /// Returns the clock, to advance it.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.state.clock
    }

    /// Stops accepting, answers what has begun (stalled calls at once), and ends.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        // The only failure is the server's own panic, which its thread has reported.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, state: Arc<State>, mut stopped: watch::Receiver<bool>) {
    let fallback = move |ConnectInfo(wire): ConnectInfo<Wire>, request: Request| {
        answer(Arc::clone(&state), wire, request)
    };
    let router = Router::new().fallback(fallback).into_make_service_with_connect_info::<Wire>();
    let server = axum::serve(Listener(listener), router).with_graceful_shutdown(async move {
        // An error means that the sandbox is gone, which is an end too.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    });
    // `axum::serve` never returns an error: it retries to accept.
    let _ = server.await;
}

async fn answer(state: Arc<State>, wire: Wire, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let received = Received::new(parts, body.to_vec());
    services::respond(&state, &received).await.into_response(&wire)
}
