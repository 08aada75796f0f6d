//! How a response, or its failure, reaches the client: as a frame, as the answer to a handshake, or not at all.
//!
//! Source: API Gateway Developer Guide, "Set up route responses for a WebSocket API" and "Manage connected users:
//! $connect and $disconnect routes".

use super::outcome::Outcome;
use super::run::{Made, Run};
use crate::Certainty::{Assumed, Documented};
use serde_json::{Value as Json, json};

impl Run<'_> {
    /// Why the route returns nothing whatever the backend says, as a clause.
    pub(super) fn silence(&mut self) -> Option<String> {
        let route = &self.simulation.route;
        let explanation = &mut self.explanation;
        if route.key == "$disconnect" {
            let sentence = "\"$disconnect\" runs after the connection has been closed, so that nobody is there to receive anything";
            explanation.step("disconnect", Assumed, sentence);
            return Some("$disconnect: the connection has been closed".into());
        }
        if route.is_supposed {
            let sentence = "it is not known which routes lead to the integration; one that answers is supposed";
            explanation.step("two-way", Assumed, sentence);
            return None;
        }
        let has_expression =
            route.response_selection_expression.as_deref().is_some_and(|e| !e.is_empty());
        match (route.has_default_response, has_expression) {
            (true, true) => {
                explanation.step(
                    "two-way",
                    Documented,
                    "the route has a route response and selects it, so that answers are sent back to the client",
                );
                None
            }
            (true, false) => {
                let sentence = "the route has a route response, but no expression that selects it";
                explanation.step("two-way", Assumed, sentence);
                explanation.diagnose("RR-EXPRESSION-MISSING", sentence);
                None
            }
            (false, true) => {
                let sentence = "the route asks for an answer, but has no route response to send it";
                explanation.step("one-way", Assumed, sentence);
                explanation.diagnose("RR-MISSING", sentence);
                Some("one-way: the route has no route response".into())
            }
            (false, false) => {
                let sentence = "the route has no route response, so that nothing is sent back";
                explanation.step("one-way", Documented, sentence);
                Some("one-way: the route has no route response".into())
            }
        }
    }

    pub(super) fn handshake(&mut self, made: Made) -> Outcome {
        self.explanation.headers_are_observable = true;
        let headers = self.explanation.headers.iter();
        let headers = headers.map(|header| (header.name.clone(), header.value.clone())).collect();
        match made {
            Ok((status, _)) if (200..=299).contains(&status) => {
                let sentence = format!("status {status} opens the connection");
                self.explanation.step("connect", Assumed, sentence);
                Outcome::Handshake { accepted: true, headers, cause: None }
            }
            Ok((status, _)) => {
                let sentence = format!("status {status} refuses the connection");
                self.explanation.step("connect", Assumed, sentence);
                Outcome::Handshake {
                    accepted: false,
                    headers,
                    cause: Some(format!("status {status}")),
                }
            }
            Err(cause) => {
                self.explanation.step(
                    "connect",
                    Documented,
                    "an integration that fails refuses the connection",
                );
                Outcome::Handshake { accepted: false, headers: Vec::new(), cause: Some(cause) }
            }
        }
    }

    pub(super) fn error_frame(&mut self, cause: String) -> Outcome {
        self.explanation.step(
            "error-frame",
            Assumed,
            "whatever goes wrong is told to the client as an internal server error",
        );
        let context =
            |name: &str| self.simulation.context.get(name).cloned().unwrap_or(Json::from(""));
        let payload = json!({
            "message": "Internal server error",
            "connectionId": context("connectionId"),
            "requestId": context("requestId"),
        });
        Outcome::ErrorFrame { payload: payload.to_string(), cause }
    }
}
