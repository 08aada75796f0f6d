//! Properties: whatever the arguments, the engine gives what PostgreSQL gives, the value or the SQLSTATE.
//!
//! `CENSUS_PROPERTY_CASES` is how many cases of each property are tried; without it they are few enough for every run.
//! The cases of a run are the first ones of a longer run.

mod hstore;
mod inet;
mod json;
mod time;
mod values;

use crate::connection::Connection;
use crate::engine::Engine;
use crate::server::Server;
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// How many cases of each property are tried.
const CASES: usize = 400;

/// So many cases are asked in one statement.
const CASES_PER_STATEMENT: usize = 100;

/// So many differences are shown, the shortest ones.
const SHOWN: usize = 25;

/// Makes PostgreSQL try an expression without the statement failing: `=` and the text, `!` and the SQLSTATE, or NULL.
const ATTEMPT: &str = "CREATE FUNCTION attempt(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
  EXECUTE 'SELECT CASE WHEN e IS NOT NULL THEN format(''=%s'', e) END FROM (SELECT ' || expression || ') AS t(e)'
    INTO result;
  RETURN result;
EXCEPTION WHEN OTHERS THEN
  RETURN '!' || SQLSTATE;
END $$";

/// An expression in which `$1`, `$2` … stand for the arguments.
#[derive(Debug, Clone)]
pub struct Case {
    form: &'static str,
    arguments: Vec<String>,
}

impl Case {
    /// Returns the expression with constants.
    fn expression(&self) -> String {
        self.with(|place| self.arguments[place].clone())
    }

    fn with(&self, argument: impl Fn(usize) -> String) -> String {
        let mut expression = self.form.to_owned();
        // Backwards, so that nothing within an argument is taken for a place.
        for place in (0..self.arguments.len()).rev() {
            expression =
                expression.replace(&format!("${}", place + 1), &format!("\u{0}{place}\u{0}"));
        }
        for place in 0..self.arguments.len() {
            expression = expression.replace(&format!("\u{0}{place}\u{0}"), &argument(place));
        }
        expression
    }
}

/// What an expression gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Null,
    Value(String),
    Refused(String),
}

impl Outcome {
    fn agrees(&self, engine: &Self) -> bool {
        match (self, engine) {
            // hstore's input has no SQLSTATE of its own there: docs/differences.md, hstore-syntax-error.
            (Self::Refused(code), Self::Refused(_)) if code == "XX000" => true,
            _ => self == engine,
        }
    }
}

/// Says of no difference that it is meant.
pub fn nothing_is_meant(_: &Case, _: &Outcome, _: &Outcome) -> bool {
    false
}

/// Tries forms of expressions, each with arguments of its own, on both engines; `is_meant` says of a difference that it is no fault.
pub async fn agree(
    forms: Vec<(&'static str, Vec<BoxedStrategy<String>>)>,
    is_meant: fn(&Case, postgres: &Outcome, engine: &Outcome) -> bool,
) {
    let Some(server) = Server::start() else { return };
    let mut postgres = Connection::open(&server.socket(), "postgres").unwrap();
    postgres.execute("CREATE EXTENSION hstore").unwrap();
    postgres.execute(ATTEMPT).unwrap();
    let engine = Engine::open().await;
    let cases = cases(&forms);
    let mut differences = Vec::new();
    for cases in cases.chunks(CASES_PER_STATEMENT * 10) {
        let wanted = attempts(&mut postgres, cases);
        let given = answers(&engine, cases, &wanted).await;
        for ((case, wanted), given) in cases.iter().zip(&wanted).zip(&given) {
            if !wanted.agrees(given) && !is_meant(case, wanted, given) {
                let expression = case.expression();
                differences.push(format!(
                    "{expression}\n    PostgreSQL {wanted:?}\n    engine     {given:?}"
                ));
            }
        }
    }
    differences.sort_by_key(String::len);
    let all = differences.len();
    differences.truncate(SHOWN);
    assert!(differences.is_empty(), "{all} differ\n{}", differences.join("\n"));
}

fn cases(forms: &[(&'static str, Vec<BoxedStrategy<String>>)]) -> Vec<Case> {
    let wanted = std::env::var("CENSUS_PROPERTY_CASES");
    let wanted = wanted.ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let mut runner = TestRunner::deterministic();
    let mut draw =
        |strategy: &BoxedStrategy<String>| strategy.new_tree(&mut runner).unwrap().current();
    let form = |number: usize| &forms[number % forms.len()];
    (0..wanted)
        .map(form)
        .map(|(form, arguments)| Case {
            form,
            arguments: arguments.iter().map(&mut draw).collect(),
        })
        .collect()
}

/// Asks PostgreSQL.
fn attempts(postgres: &mut Connection, cases: &[Case]) -> Vec<Outcome> {
    let expressions: Vec<String> =
        cases.iter().map(|case| values::quoted(&case.expression())).collect();
    let sql = format!(
        "SELECT attempt(e) FROM unnest(ARRAY[{}]::text[]) WITH ORDINALITY AS t(e, n) ORDER BY n",
        expressions.join(", ")
    );
    let rows = postgres.rows(&sql).unwrap();
    let outcome = |cell: Option<String>| match cell {
        None => Outcome::Null,
        Some(text) => match text.split_at(1) {
            ("!", code) => Outcome::Refused(code.to_owned()),
            (_, value) => Outcome::Value(value.to_owned()),
        },
    };
    rows.into_iter().map(|mut row| outcome(row.remove(0))).collect()
}

/// Asks the engine: many cases of a form at once, as columns, where they should have values; else one by one.
async fn answers(engine: &Engine, cases: &[Case], wanted: &[Outcome]) -> Vec<Outcome> {
    let mut outcomes: Vec<Option<Outcome>> = vec![None; cases.len()];
    let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate() {
        if !matches!(wanted[number], Outcome::Refused(_)) {
            by_form.entry(case.form).or_default().push(number);
        }
    }
    for numbers in by_form.into_values() {
        for numbers in numbers.chunks(CASES_PER_STATEMENT) {
            let Ok(rows) = engine.rows(&as_columns(cases, numbers)).await else { continue };
            for (number, mut row) in numbers.iter().zip(rows) {
                outcomes[*number] = Some(row.remove(1).map_or(Outcome::Null, Outcome::Value));
            }
        }
    }
    let mut answers = Vec::with_capacity(cases.len());
    for (number, (case, outcome)) in cases.iter().zip(outcomes).enumerate() {
        // Every tenth one as constants too, which are computed while planning.
        answers.push(match outcome {
            Some(outcome) if number % 10 != 0 || !wanted[number].agrees(&outcome) => outcome,
            _ => alone(engine, case).await,
        });
    }
    answers
}

async fn alone(engine: &Engine, case: &Case) -> Outcome {
    match engine.rows(&format!("SELECT {}", case.expression())).await {
        Ok(mut rows) => rows.remove(0).remove(0).map_or(Outcome::Null, Outcome::Value),
        Err(error) => Outcome::Refused(error.sqlstate().code().to_owned()),
    }
}

/// Returns a statement that gives the value of each of these cases, all of one form, in their order.
fn as_columns(cases: &[Case], numbers: &[usize]) -> String {
    let case = &cases[numbers[0]];
    let columns: Vec<String> = (0..case.arguments.len()).map(|place| format!("c{place}")).collect();
    let row = |number: &usize| format!("({number}, {})", cases[*number].arguments.join(", "));
    format!(
        "SELECT n, {} FROM (VALUES {}) AS t(n, {}) ORDER BY n",
        case.with(|place| columns[place].clone()),
        numbers.iter().map(row).collect::<Vec<_>>().join(", "),
        columns.join(", ")
    )
}
