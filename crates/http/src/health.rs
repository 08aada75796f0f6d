//! `GET /healthz`: whether the process answers at all.

use axum::Router;
use axum::routing::get;

/// Returns the route.
pub(crate) fn routes() -> Router {
    Router::new().route("/healthz", get(async || "ok\n"))
}
