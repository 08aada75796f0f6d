//! An explanation as a text that can be read without AWS' manual at hand.

use super::content::Payload;
use super::outcome::{Explanation, Outcome};
use crate::Certainty;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Write};

/// Payloads are shown up to this many characters.
const MAXIMUM_SHOWN: usize = 4_000;

/// The text of an explanation: what the client receives, then each step with how firm it is.
#[must_use]
pub fn trace(explanation: &Explanation) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = write_all(&mut text, explanation);
    text
}

fn write_all(text: &mut String, explanation: &Explanation) -> fmt::Result {
    write_outcome(text, &explanation.outcome)?;
    writeln!(text, "\nHow that comes about:")?;
    for (place, step) in explanation.steps.iter().enumerate() {
        let number = place + 1;
        let said = one_line(&sentence(&step.sentence));
        writeln!(text, "{number:>3}. {said}. [{}]", step.certainty)?;
        match step.rule {
            "selection" | "no-match" => write_considered(text, explanation)?,
            "parameters" => write_headers(text, explanation)?,
            "overrides" => write_overrides(text, explanation)?,
            "template" if !explanation.blanks.is_empty() => {
                let blanks = one_line(&explanation.blanks.join(", "));
                writeln!(text, "       without a value: {blanks}")?;
            }
            "dropped-headers" => {
                writeln!(text, "       {}", one_line(&explanation.dropped_headers.join(", ")))?;
            }
            _ => {}
        }
    }
    if !explanation.diagnostics.is_empty() {
        writeln!(text, "\nWorth knowing:")?;
        for diagnostic in &explanation.diagnostics {
            let said = one_line(&sentence(&diagnostic.sentence));
            writeln!(text, "   - {}: {said}.", diagnostic.code)?;
        }
    }
    writeln!(text, "\n{}", meaning(explanation.certainty))
}

fn write_outcome(text: &mut String, outcome: &Outcome) -> fmt::Result {
    match outcome {
        Outcome::Frame { payload } if payload.is_empty() => {
            writeln!(text, "The client receives an empty data frame.")
        }
        Outcome::Frame { payload: Payload::Text(payload) } => {
            writeln!(text, "The client receives this data frame:\n\n{}", indented(payload))
        }
        Outcome::Frame { payload: Payload::Binary(bytes) } => {
            let encoded = indented(&STANDARD.encode(bytes));
            writeln!(
                text,
                "The client receives a binary data frame of {} bytes, in base64:\n\n{encoded}",
                bytes.len()
            )
        }
        Outcome::NoFrame { reason } => {
            writeln!(text, "The client receives nothing. {}.", one_line(&sentence(reason)))
        }
        Outcome::ErrorFrame { payload, cause } => writeln!(
            text,
            "The client receives an error frame of API Gateway's own:\n\n{}\n\nThe cause, which the client is not told: {}.",
            indented(payload),
            one_line(cause)
        ),
        Outcome::Handshake { accepted, headers, cause } => {
            if *accepted {
                writeln!(text, "The client's connection is opened.")?;
            } else {
                let cause = one_line(cause.as_deref().unwrap_or("the answer is no success"));
                writeln!(text, "The client's connection is refused: {cause}.")?;
            }
            for (name, value) in headers {
                writeln!(text, "    {}: {}", one_line(name), one_line(value))?;
            }
            Ok(())
        }
    }
}

/// Every response with why it was or was not taken.
fn write_considered(text: &mut String, explanation: &Explanation) -> fmt::Result {
    let keys = explanation.considered.iter().map(|one| one.key.chars().count());
    let width = keys.max().unwrap_or_default().min(40);
    for one in &explanation.considered {
        let verdict = if one.is_selected { "taken" } else { "not taken" };
        let (key, reason) = (one_line(&one.key), one_line(&one.reason));
        writeln!(text, "       {key:<width$}  {verdict}: {reason}")?;
    }
    Ok(())
}

fn write_headers(text: &mut String, explanation: &Explanation) -> fmt::Result {
    for header in &explanation.headers {
        let (name, value) = (one_line(&header.name), one_line(&header.value));
        writeln!(text, "       {name}: {value}  from {}", one_line(&header.source))?;
    }
    for omitted in &explanation.omitted_headers {
        writeln!(
            text,
            "       {} from {} is left out: {}",
            one_line(&omitted.target),
            one_line(&omitted.source),
            one_line(&omitted.reason)
        )?;
    }
    Ok(())
}

/// What templates set in place of what was mapped.
fn write_overrides(text: &mut String, explanation: &Explanation) -> fmt::Result {
    if let Some(status) = explanation.overrides.status() {
        writeln!(text, "       status {status}")?;
    }
    for (name, value) in explanation.overrides.headers() {
        writeln!(text, "       {}: {}", one_line(&name), one_line(&value))?;
    }
    Ok(())
}

fn meaning(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "Every step is documented by AWS.",
        Certainty::Recorded => {
            "Every step is documented by AWS, or was seen on AWS by a public test suite (on REST APIs)."
        }
        Certainty::Assumed => {
            "Steps marked \"assumed\" are shown by nobody for WebSocket APIs: AWS may do otherwise there."
        }
    }
}

/// A clause as the beginning of a sentence.
fn sentence(clause: &str) -> String {
    let mut characters = clause.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// A value of whatever kind within a line: a line end in it does not start another one.
fn one_line(text: &str) -> String {
    text.replace('\r', "\\r").replace('\n', "\\n")
}

fn indented(payload: &str) -> String {
    let mut shown: String = payload.chars().take(MAXIMUM_SHOWN).collect();
    if shown.len() < payload.len() {
        shown.push('…');
    }
    let lines: Vec<String> = shown.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
