//! `GET /metrics`: what Prometheus asks for.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use census_metrics::Exposition;

/// Returns the route.
pub(crate) fn routes(exposition: Exposition) -> Router {
    Router::new().route("/metrics", get(show)).with_state(exposition)
}

async fn show(State(exposition): State<Exposition>) -> Response {
    match exposition.text().await {
        Ok(text) => ([(CONTENT_TYPE, census_metrics::CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
