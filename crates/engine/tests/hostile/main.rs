//! Whatever is typed gets an answer or an error that is the typist's: no panic, no hang, no XX000.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;
mod vocabulary;

use census_dialect::functions::{FunctionRecord, all};
use census_engine::Session;
use census_error::SqlState;
use futures::{FutureExt, StreamExt};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::time::Duration;
use vocabulary::{OPERATORS, PATTERNS, TEMPLATES, TYPES, VALUES};

/// How many statements are made of others; `CENSUS_HOSTILE_CASES` makes it more.
const CASES: usize = 400;

/// What the random numbers begin with; `CENSUS_HOSTILE_SEED` makes it another, and so other statements.
const SEED: u64 = 20_251_122;

/// The longest that a statement may take.
const DEADLINE: Duration = Duration::from_secs(20);

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Runs a statement to its end and returns what is wrong with how it went.
async fn fault(session: &Session, sql: &str) -> Option<String> {
    let run = async {
        let mut answer = session.query(sql).await?;
        while let Some(batch) = answer.rows.next().await {
            batch?;
        }
        Ok::<(), census_error::Error>(())
    };
    let outcome = tokio::time::timeout(DEADLINE, AssertUnwindSafe(run).catch_unwind()).await;
    match outcome {
        Err(_) => Some(format!("does not end: {sql}")),
        Ok(Err(_)) => Some(format!("panics: {sql}")),
        Ok(Ok(Err(error))) if error.sqlstate() == SqlState::InternalError => {
            Some(format!("{}\n  of {sql}", census_error::terminal(&error, None).replace('\n', " ")))
        }
        Ok(Ok(_)) => None,
    }
}

/// Collects what is wrong with a statement, cut to a length that can be read.
async fn try_one(session: &Session, sql: &str, faults: &mut Vec<String>) {
    if let Some(fault) = fault(session, sql).await {
        faults.push(fault.chars().take(400).collect());
    }
}

/// Returns the statements of the files of tests.
fn statements() -> Vec<String> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/slt/pg");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut statements = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for block in text.split("\n\n") {
            let mut lines = block
                .lines()
                .skip_while(|line| !line.starts_with("query") && !line.starts_with("statement"));
            if lines.next().is_some() {
                let lines: Vec<&str> = lines.take_while(|line| *line != "----").collect();
                statements.push(lines.join("\n"));
            }
        }
    }
    statements
}

/// Cuts a statement at spaces and around signs.
fn tokens(statement: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    for character in statement.chars() {
        if character.is_alphanumeric() || character == '_' || character == '\'' {
            token.push(character);
            continue;
        }
        if !token.is_empty() {
            tokens.push(std::mem::take(&mut token));
        }
        if !character.is_whitespace() {
            tokens.push(character.to_string());
        }
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

/// Makes a statement of others: pieces are taken out, doubled, exchanged, replaced and nested.
fn mutated(statements: &[String], numbers: &mut Numbers) -> String {
    let mut words = tokens(numbers.pick::<String>(statements));
    for _ in 0..=numbers.below(3) {
        if words.is_empty() {
            break;
        }
        let place = numbers.below(words.len());
        match numbers.below(7) {
            0 => {
                words.remove(place);
            }
            1 => words.insert(place, words[place].clone()),
            2 => {
                let other = numbers.below(words.len());
                words.swap(place, other);
            }
            3 => (*numbers.pick(VALUES)).clone_into(&mut words[place]),
            4 => {
                let other = tokens(numbers.pick::<String>(statements));
                words.truncate(place);
                words.extend(other.into_iter().skip(place));
            }
            5 => {
                let depth = numbers.below(30);
                words[place] =
                    format!("{}{}{}", "(".repeat(depth), words[place], ")".repeat(depth));
            }
            _ => {
                let others = tokens(numbers.pick::<String>(statements));
                if !others.is_empty() {
                    words[place].clone_from(numbers.pick(&others));
                }
            }
        }
    }
    words.join(" ")
}

fn cases(otherwise: usize) -> usize {
    std::env::var("CENSUS_HOSTILE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(otherwise)
}

fn seed() -> u64 {
    std::env::var("CENSUS_HOSTILE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED)
}

#[tokio::test]
async fn statements_made_of_others_get_an_answer_or_an_error() {
    let session = support::session().await;
    let statements = statements();
    let mut numbers = Numbers(seed());
    let mut faults = Vec::new();
    for _ in 0..cases(CASES) {
        let statement = mutated(&statements, &mut numbers);
        faults.extend(fault(&session, &statement).await);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns a call of a function in the form that its first line of syntax has.
fn call(record: &FunctionRecord, arguments: &[&str]) -> String {
    let form = record.syntax.lines().next().unwrap_or_default();
    let over = if form.contains("OVER") { " OVER (ORDER BY 1)" } else { "" };
    if form.contains("WITHIN GROUP") {
        let (value, direct) =
            arguments.split_first().map_or(("NULL", arguments), |(value, direct)| (*value, direct));
        return format!("{}({}) WITHIN GROUP (ORDER BY {value})", record.name, direct.join(", "));
    }
    format!("{}({}){over}", record.name, arguments.join(", "))
}

#[tokio::test]
async fn functions_take_whatever_they_are_given() {
    let session = support::empty_session().await;
    let mut numbers = Numbers(seed());
    let mut faults = Vec::new();
    let shown = all().iter().filter(|record| !record.syntax.is_empty());
    let per_function = cases(CASES) / 80;
    for record in shown {
        for round in 0..=per_function {
            let count = round % 4;
            let arguments: Vec<&str> = (0..count).map(|_| *numbers.pick(VALUES)).collect();
            let call = call(record, &arguments);
            // As constants, and as columns.
            faults.extend(fault(&session, &format!("SELECT {call}")).await);
            let columns: Vec<String> = (0..count).map(|place| format!("c{place}")).collect();
            if count > 0 {
                let names: Vec<&str> = columns.iter().map(String::as_str).collect();
                let call = self::call(record, &names);
                let statement = format!(
                    "SELECT {call} FROM (VALUES ({}), ({})) t({})",
                    arguments.join(", "),
                    vec!["NULL"; count].join(", "),
                    columns.join(", ")
                );
                faults.extend(fault(&session, &statement).await);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns pieces strung together as a text of SQL.
fn strung(pieces: &[&str], numbers: &mut Numbers, most: usize) -> String {
    let count = numbers.below(most + 1);
    let text: String = (0..count).map(|_| *numbers.pick(pieces)).collect();
    format!("'{}'", text.replace('\'', "''"))
}

#[tokio::test]
async fn operators_take_whatever_they_are_given() {
    let session = support::empty_session().await;
    let mut numbers = Numbers(2);
    let mut faults = Vec::new();
    for _ in 0..cases(CASES) {
        let (left, operator, right) =
            (*numbers.pick(VALUES), *numbers.pick(OPERATORS), *numbers.pick(VALUES));
        let form = numbers.below(12);
        let expression = |left: &str, right: &str| match form {
            0 => format!("{operator} {left}"),
            1 => format!("{left} {operator}"),
            2 => format!("{left} {operator} ({right}, {right})"),
            _ => format!("{left} {operator} ({right})"),
        };
        try_one(&session, &format!("SELECT {}", expression(left, right)), &mut faults).await;
        let columns = expression("c", "d");
        let statement =
            format!("SELECT {columns} FROM (VALUES ({left}, {right}), (NULL, NULL)) t(c, d)");
        try_one(&session, &statement, &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_cast_has_a_result_or_an_error() {
    let session = support::empty_session().await;
    let mut numbers = Numbers(3);
    let mut faults = Vec::new();
    for _ in 0..cases(CASES) {
        let (value, first, second) =
            (*numbers.pick(VALUES), *numbers.pick(TYPES), *numbers.pick(TYPES));
        try_one(&session, &format!("SELECT ({value})::{first}::{second}"), &mut faults).await;
        let statement =
            format!("SELECT CAST(c AS {first}), c::{second} FROM (VALUES ({value}), (NULL)) t(c)");
        try_one(&session, &statement, &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn templates_may_be_any_text() {
    let session = support::empty_session().await;
    let mut numbers = Numbers(4);
    let mut faults = Vec::new();
    for _ in 0..cases(CASES) {
        let template = strung(TEMPLATES, &mut numbers, 6);
        let value = *numbers.pick(VALUES);
        let text = strung(TEMPLATES, &mut numbers, 6);
        let statement = match numbers.below(4) {
            0 => format!("SELECT to_timestamp({text}, {template})"),
            1 => format!("SELECT to_date({text}, {template})"),
            2 => format!("SELECT to_number({text}, {template})"),
            _ => format!("SELECT to_char({value}, {template})"),
        };
        try_one(&session, &statement, &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn patterns_may_be_any_text() {
    let session = support::empty_session().await;
    let mut numbers = Numbers(5);
    let mut faults = Vec::new();
    for _ in 0..cases(CASES) {
        let pattern = strung(PATTERNS, &mut numbers, 7);
        let subject = match numbers.below(3) {
            0 => "repeat('a', 3000) || 'c'".to_owned(),
            1 => strung(PATTERNS, &mut numbers, 9),
            _ => "'aab\u{1f600}é b1 '".to_owned(),
        };
        let other = strung(PATTERNS, &mut numbers, 4);
        let call = match numbers.below(8) {
            0 => format!("regexp_replace({subject}, {pattern}, {other}, 'g')"),
            1 => format!("regexp_match({subject}, {pattern})"),
            2 => format!("regexp_like({subject}, {pattern}, 'i')"),
            3 => format!("{subject} SIMILAR TO {pattern}"),
            4 => format!("{subject} LIKE {pattern} ESCAPE '#'"),
            5 => format!("regexp_replace({subject}, {pattern}, {other}, 1, 2, 'n')"),
            6 => format!("substring({subject} FROM {pattern})"),
            _ => format!("{subject} ~* {pattern}"),
        };
        try_one(&session, &format!("SELECT {call}"), &mut faults).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn deep_and_long_statements_are_refused_or_answered() {
    let session = support::empty_session().await;
    let statements = [
        format!("SELECT {}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("SELECT {}1", "-".to_string().clone() + &"- ".repeat(2_000)),
        format!("SELECT {}", vec!["1"; 3_000].join(" + ")),
        format!("SELECT 1 IN ({})", vec!["1"; 5_000].join(", ")),
        format!("SELECT {}", vec!["coalesce(NULL"; 200].join(", ") + &")".repeat(200)),
        format!("SELECT {}true", "NOT ".repeat(2_000)),
        format!("SELECT * FROM {}(VALUES (1)) t{}", "(SELECT * FROM ".repeat(40), ") t".repeat(40)),
        format!("SELECT '{}'", "x".repeat(100_000)),
        format!(
            "SELECT sum(x) OVER (PARTITION BY {}) FROM (VALUES (1)) t(x)",
            vec!["x"; 200].join(", ")
        ),
        format!(
            "SELECT count(*) FROM (VALUES (1)) t(x) GROUP BY CUBE ({})",
            vec!["x"; 30].join(", ")
        ),
    ];
    let mut faults = Vec::new();
    for statement in &statements {
        faults.extend(
            fault(&session, statement)
                .await
                .map(|fault| fault.chars().take(300).collect::<String>()),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
