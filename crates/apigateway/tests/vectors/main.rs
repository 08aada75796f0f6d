//! Runs the test vectors: one JSON object a line, with `id`, `group`, `in`, `expect` and `class`.
//!
//! What is documented (`DOC`) or recorded (`REC`) must hold; the other classes are pinned: what fails is listed in
//! [`PINNED`]. `CENSUS_VECTORS=FILE` runs another file of the same form.

#![allow(clippy::unwrap_used, reason = "a vector that cannot be read is a fault of the file")]

mod checks;
mod messages;
mod small;

use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::Write;
use std::panic::catch_unwind;

/// Vectors of the classes `EMU`, `FIELD` and `DER` that are known to fail, with the reason.
const PINNED: &[(&str, &str)] = &[];

/// The result of a vector: `Err` tells what differs.
type Verdict = Result<(), String>;

/// Runs one vector; one that panics, such as one of a form that is not known, has failed.
fn verdict(vector: &Json) -> Option<Verdict> {
    catch_unwind(|| run(vector)).unwrap_or_else(|_| Some(Err("it panics".to_owned())))
}

/// Runs one vector; `None` where its group is not about this crate (the inventory).
fn run(vector: &Json) -> Option<Verdict> {
    let (input, expect) = (&vector["in"], &vector["expect"]);
    Some(match vector["group"].as_str().unwrap_or("?") {
        "C" => small::content(input, expect),
        "E" => small::expression(input, expect),
        "K" => small::mock(input, expect),
        "S" => small::selection(input, expect),
        "T" => small::template(input, expect),
        "P" => messages::parameters(input, expect),
        "O" => messages::overrides(input, expect),
        "X" => messages::whole(input, expect, vector["class"].as_str().unwrap()),
        "V" => checks::check(input, expect),
        "I" => return None,
        other => Err(format!("unknown group \"{other}\"")),
    })
}

/// What a run found; the counts are of passed and failed vectors.
#[derive(Default)]
struct Tally {
    by_class: BTreeMap<String, (usize, usize)>,
    by_group: BTreeMap<String, (usize, usize)>,
    elsewhere: usize,
    failed: Vec<(String, String, String)>,
}

fn count(counts: &mut BTreeMap<String, (usize, usize)>, key: &str, has_passed: bool) {
    let (passed, failed) = counts.entry(key.to_owned()).or_default();
    *(if has_passed { passed } else { failed }) += 1;
}

fn tally(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let vector: Json = serde_json::from_str(line).unwrap();
        let member = |name: &str| vector[name].as_str().unwrap_or("?").to_owned();
        let Some(verdict) = verdict(&vector) else {
            tally.elsewhere += 1;
            continue;
        };
        count(&mut tally.by_class, &member("class"), verdict.is_ok());
        count(&mut tally.by_group, &member("group"), verdict.is_ok());
        if let Err(difference) = verdict {
            tally.failed.push((member("id"), member("class"), difference));
        }
    }
    tally
}

/// Writes the counts to stdout itself: what `println!` writes, the harness hides where a test passes.
fn print(tally: &Tally) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out)?;
    for (title, counts) in [("class", &tally.by_class), ("group", &tally.by_group)] {
        for (key, (passed, failed)) in counts {
            writeln!(out, "{title} {key}: {passed} passed, {failed} failed")?;
        }
    }
    writeln!(out, "not about this crate: {}", tally.elsewhere)?;
    for (id, class, difference) in &tally.failed {
        writeln!(out, "{id} ({class}): {difference}")?;
    }
    Ok(())
}

#[test]
fn vectors_hold() {
    let file = std::env::var_os("CENSUS_VECTORS");
    let text = match &file {
        Some(file) => std::fs::read_to_string(file).unwrap(),
        None => include_str!("../vectors.jsonl").to_owned(),
    };
    let tally = tally(&text);
    print(&tally).unwrap();
    let is_firm = |class: &str| class == "DOC" || class == "REC";
    let firm: Vec<_> = tally.failed.iter().filter(|(_, class, _)| is_firm(class)).collect();
    assert!(firm.is_empty(), "documented or recorded: {firm:#?}");
    if file.is_none() {
        let failed: Vec<&str> = tally.failed.iter().map(|(id, _, _)| id.as_str()).collect();
        let pinned: Vec<&str> = PINNED.iter().map(|(id, _)| *id).collect();
        assert_eq!(failed, pinned, "{:#?}", tally.failed);
    }
}

/// Vectors of ours, for what the others leave out; all of them are pinned.
#[test]
fn own_vectors_hold() {
    let tally = tally(include_str!("own.jsonl"));
    assert!(tally.failed.is_empty(), "{:#?}", tally.failed);
}
