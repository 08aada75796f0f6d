//! Findings as SARIF 2.1.0, the form in which code scanning of forges takes them.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". Forges want a file for each result;
//! resources have none, so that a path made of account and ARN stands for it, and the ARN itself is the logical location.

use crate::output::RowWriter;
use census_apigateway::check::Severity;
use census_apigateway::rules::{RULES, Rule};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::record_batch::RecordBatch;
use serde_json::{Value as Json, json};
use std::io::Write;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Where the project is, if its manifest says so.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Writes a log of one run; results are written as they come.
pub struct SarifWriter<'a> {
    out: &'a mut (dyn Write + Send),
    results: usize,
}

impl<'a> SarifWriter<'a> {
    /// Returns a writer; `notices` say what was not looked at.
    ///
    /// # Errors
    /// What is written to.
    pub fn new(notices: Vec<String>, out: &'a mut (dyn Write + Send)) -> anyhow::Result<Self> {
        let mut driver = json!({
            "name": "Census",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
        });
        if !HOME.is_empty() {
            driver["informationUri"] = HOME.into();
        }
        let notifications: Vec<Json> = notices
            .into_iter()
            .map(|notice| json!({"level": "warning", "message": {"text": notice}}))
            .collect();
        let invocation =
            json!({"executionSuccessful": true, "toolExecutionNotifications": notifications});
        write!(
            out,
            "{{\"$schema\": {}, \"version\": \"2.1.0\", \"runs\": [{{\n\"tool\": {},\n\"invocations\": [{invocation}],\n\
             \"columnKind\": \"unicodeCodePoints\",\n\"results\": [",
            json!(SCHEMA),
            json!({"driver": driver}),
        )?;
        Ok(Self { out, results: 0 })
    }
}

impl RowWriter for SarifWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        for row in 0..batch.num_rows() {
            let separator = if self.results == 0 { "\n" } else { ",\n" };
            write!(self.out, "{separator}{}", result(&Row { batch, row }))?;
            self.results += 1;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        writeln!(self.out, "\n]}}]}}")?;
        Ok(())
    }
}

/// A row of `census.findings`.
struct Row<'a> {
    batch: &'a RecordBatch,
    row: usize,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> &'a str {
        let column =
            self.batch.column_by_name(column).and_then(|column| column.as_string_opt::<i32>());
        match column {
            Some(texts) if texts.is_valid(self.row) => texts.value(self.row),
            _ => "",
        }
    }
}

fn rule(rule: &Rule) -> Json {
    let help = [rule.why, rule.hint].join(" ");
    let help = help.trim();
    json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": format!("{help}\n{}", rule.link),
            "markdown": format!("{help}\n\n[AWS documentation]({})", rule.link),
        },
        "helpUri": rule.link,
        "defaultConfiguration": {"level": level(rule.severity.as_str())},
        "properties": {
            "certainty": rule.certainty.as_str(),
            "precision": if rule.certainty.as_str() == "assumed" { "medium" } else { "high" },
            "problem.severity": problem(rule.severity),
            "tags": ["api-gateway", "integration-response"],
        },
    })
}

fn result(row: &Row<'_>) -> Json {
    let (key, rule_id) = (row.text("_key"), row.text("rule"));
    let (account, region, place) = (row.text("account_id"), row.text("region"), row.text("place"));
    let mut text = sentence(row.text("message"));
    let hint = row.text("hint");
    if !hint.is_empty() {
        text.push(' ');
        text.push_str(hint);
    }
    let path = key.split_once("::/").map_or(key, |(_, path)| path);
    let full_name = if place.is_empty() { key.to_owned() } else { format!("{key}#{place}") };
    let fingerprint = fingerprint(&[account, key, rule_id, place, row.text("message")]);
    json!({
        "ruleId": rule_id,
        "ruleIndex": RULES.iter().position(|rule| rule.id == rule_id),
        "level": level(row.text("severity")),
        "message": {"text": text},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": format!("{account}/{region}/{path}")},
                "region": {"startLine": 1},
            },
            "logicalLocations": [
                {"name": path, "fullyQualifiedName": full_name, "kind": "resource"},
            ],
        }],
        "partialFingerprints": {
            "census/v1": fingerprint,
            "primaryLocationLineHash": fingerprint,
        },
        "properties": {
            "account_id": account,
            "region": region,
            "api_id": row.text("api_id"),
            "dataset": row.text("dataset"),
            "certainty": row.text("certainty"),
        },
    })
}

/// SARIF's word for a severity.
fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

/// The word that code scanning of forges sorts by.
fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "recommendation",
    }
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut characters = clause.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    let mut sentence: String = first.chain(characters).collect();
    sentence.push('.');
    sentence
}

/// Tells findings apart, the same in every run and version: FNV-1a over 64 bits, with a mark between the parts.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
