//! `census check`: what is wrong with integration responses, for people and for CI.

use super::query::{cancelled, name_output, open_session, print_footer, run_statement, write_rows};
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::interrupt;
use crate::output::{Format, RowWriter};
use crate::sarif::SarifWriter;
use crate::surroundings::tell;
use census_apigateway::check::Severity;
use census_engine::{Answer, Completeness, rules_not_judged};
use clap::{Args, ValueEnum};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::{BufWriter, Write};

/// What is shown to people; the rest of `census.findings` is in the other formats.
const SHOWN: &str = "severity, rule, certainty, account_id, region, api_id, message, _key";

/// Left out unless they are asked for: neither wrong nor without effect.
const UNASKED: &str = "information";

/// The order in which findings are shown: the worst first, then resource by resource.
const ORDER: &str = "CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, \
    account_id, region, _key, rule, place, message";

/// Without these nothing can be found.
const NEEDED: [&str; 3] = [
    "aws.apigatewayv2_api",
    "aws.apigatewayv2_integration",
    "aws.apigatewayv2_integrationresponse",
];

/// Finds what is wrong with integration responses
///
/// The rules stand in docs/reference/rules.md. Findings go to stdout; how complete what was looked at is, and which
/// rules could not be judged, is told on stderr. Exits with 1 where there is a finding as bad as --fail-on says, and
/// else with 3 where some of what it reads could not be collected.
#[derive(Debug, Args)]
pub struct Check {
    /// How findings are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Table)]
    format: CheckFormat,

    /// The least severe finding that makes the check fail
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error)]
    fail_on: Threshold,

    /// Shows also what is merely good to know, such as mappings of headers that no client can see
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// A table, the worst first
    Table,
    /// One array of objects with all columns of census.findings
    Json,
    /// SARIF 2.1.0, as code scanning of forges takes it
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    /// Errors: what contradicts AWS's documentation
    Error,
    /// Warnings too: what has no effect, or is documented elsewhere only
    Warning,
}

impl Threshold {
    fn is_met(self, counts: &Counts) -> bool {
        match self {
            Self::Error => counts.errors > 0,
            Self::Warning => counts.errors + counts.warnings > 0,
        }
    }
}

/// How many findings there are of each severity.
#[derive(Debug, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    information: usize,
}

impl Check {
    /// Prints the findings on stdout.
    ///
    /// # Errors
    /// What the store has to say.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let session = open_session(configuration).await?;
        let columns = if self.format == CheckFormat::Table { SHOWN } else { "*" };
        // What is left out of the columns still sorts.
        let filter = if self.all { "true".to_owned() } else { format!("severity <> '{UNASKED}'") };
        let statement =
            format!("SELECT {columns} FROM census.findings WHERE {filter} ORDER BY {ORDER}");
        let mut out = BufWriter::new(std::io::stdout());
        let checked = async {
            let answer = run_statement(&session, &statement).await?;
            let completeness = answer.completeness.clone();
            let counts = self.write(answer, &statement, &mut out).await?;
            Ok::<_, anyhow::Error>((completeness, counts))
        };
        let checked = tokio::select! {
            checked = checked => checked.and_then(|checked| {
                out.flush()?;
                Ok(checked)
            }),
            () = interrupt::requested() => return Err(cancelled(&statement)),
        };
        let (completeness, counts) =
            checked.map_err(|error| name_output(error, "standard output"))?;
        self.tell_about(&completeness, &counts);
        Ok(if self.fail_on.is_met(&counts) {
            Exit::UserFault
        } else if is_blind(&completeness) {
            Exit::Incomplete
        } else {
            Exit::Done
        })
    }

    fn tell_about(&self, completeness: &Completeness, counts: &Counts) {
        let Counts { errors, warnings, information } = counts;
        tell(&if self.all {
            format!("{errors} errors, {warnings} warnings, {information} for information")
        } else {
            format!("{errors} errors, {warnings} warnings; --all shows what is good to know")
        });
        for notice in not_judged(completeness) {
            tell(&notice);
        }
        print_footer(completeness);
    }

    async fn write(
        &self,
        answer: Answer,
        statement: &str,
        out: &mut (dyn Write + Send),
    ) -> anyhow::Result<Counts> {
        let completeness = answer.completeness.clone();
        let writer = match self.format {
            CheckFormat::Table => Format::Table.writer(&answer.schema, out)?,
            CheckFormat::Json => Format::Json.writer(&answer.schema, out)?,
            CheckFormat::Sarif => Box::new(SarifWriter::new(notices(&completeness), out)?),
        };
        let mut counting = Counting { writer, counts: Counts::default() };
        write_rows(answer, statement, &mut counting).await?;
        counting.writer.finish()?;
        Ok(counting.counts)
    }
}

/// Counts what it writes.
struct Counting<'a> {
    writer: Box<dyn RowWriter + 'a>,
    counts: Counts,
}

impl RowWriter for Counting<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        self.counts.add(batch);
        self.writer.write(batch)
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        self.writer.finish()
    }
}

impl Counts {
    fn add(&mut self, batch: &RecordBatch) {
        let column =
            batch.column_by_name("severity").and_then(|column| column.as_string_opt::<i32>());
        for severity in column.into_iter().flatten().flatten() {
            match severity {
                severity if severity == Severity::Error.as_str() => self.errors += 1,
                severity if severity == Severity::Warning.as_str() => self.warnings += 1,
                _ => self.information += 1,
            }
        }
    }
}

/// What a reader has to know of what was not looked at.
fn notices(completeness: &Completeness) -> Vec<String> {
    let mut notices = not_judged(completeness);
    if !completeness.is_complete() {
        notices.extend(completeness.sentence());
    }
    notices
}

fn not_judged(completeness: &Completeness) -> Vec<String> {
    let rules = rules_not_judged(completeness);
    if rules.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "not judged where routes and route responses were not collected completely: {}",
        rules.join(", ")
    )]
}

/// Tells whether something that the check reads could not be collected.
fn is_blind(completeness: &Completeness) -> bool {
    let never = &completeness.never_collected;
    !completeness.incomplete.is_empty() || never.iter().any(|id| NEEDED.contains(&id.as_str()))
}
