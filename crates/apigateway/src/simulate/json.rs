//! An explanation as JSON, for programs.

use super::content::Payload;
use super::outcome::{Explanation, Outcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

impl Explanation {
    /// The explanation as one JSON object; a payload of bytes is in base64.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json!({
            "outcome": outcome(&self.outcome),
            "certainty": self.certainty,
            "selection_value": self.selection_value,
            "selected": self.selected.as_ref().map(|(id, key)| json!({"id": id, "key": key})),
            "considered": self.considered.iter().map(|one| json!({
                "id": one.id, "key": one.key, "selected": one.is_selected, "reason": one.reason,
            })).collect::<Vec<_>>(),
            "also_matching": self.also_matching,
            "template": self.template_key,
            "rendered": self.rendered,
            "without_value": self.blanks,
            "status": self.status,
            "headers": self.headers.iter().map(|header| json!({
                "name": header.name, "value": header.value, "source": header.source,
            })).collect::<Vec<_>>(),
            "omitted_headers": self.omitted_headers.iter().map(|omitted| json!({
                "target": omitted.target, "source": omitted.source, "reason": omitted.reason,
            })).collect::<Vec<_>>(),
            "headers_observable": self.headers_are_observable,
            "dropped_headers": self.dropped_headers,
            "overrides": {"request": self.overrides.request, "response": self.overrides.response},
            "steps": self.steps.iter().map(|step| json!({
                "rule": step.rule, "certainty": step.certainty, "sentence": step.sentence,
            })).collect::<Vec<_>>(),
            "diagnostics": self.diagnostics.iter().map(|diagnostic| json!({
                "code": diagnostic.code, "sentence": diagnostic.sentence,
            })).collect::<Vec<_>>(),
        })
    }
}

fn outcome(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Frame { payload: Payload::Text(text) } => {
            json!({"kind": "frame", "payload": text, "encoding": "text"})
        }
        Outcome::Frame { payload: Payload::Binary(bytes) } => {
            json!({"kind": "frame", "payload": STANDARD.encode(bytes), "encoding": "base64"})
        }
        Outcome::NoFrame { reason } => json!({"kind": "no_frame", "reason": reason}),
        Outcome::ErrorFrame { payload, cause } => {
            json!({"kind": "error_frame", "payload": payload, "cause": cause})
        }
        Outcome::Handshake { accepted, headers, cause } => json!({
            "kind": "handshake",
            "accepted": accepted,
            "headers": headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
            "cause": cause,
        }),
    }
}
