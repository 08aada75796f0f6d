//! The reference page of rules, made of the rules themselves.

use super::{Needs, Rule};
use std::fmt::Write;

/// How the page begins.
const HEAD: &str = "\
# Rules

Made of the rules in `crates/apigateway/src/rules` by `cargo xtask pages`; a test fails where it is out of date.
`census check` runs them, and `census.findings` holds what they find.

A rule is *documented* where AWS' documentation or service model says so, *recorded* where a public test suite saw it on
AWS (mostly on REST APIs, which WebSocket APIs are said to resemble), and *assumed* where nobody has shown it: reports from
the field, emulators, reasoning. An *error* contradicts AWS' documentation, a *warning* is without effect or documented
elsewhere only, *information* is good to know. Where what a rule needs was not collected completely, it is not judged.

";

/// Returns the page as Markdown: a table of all rules, then each with what comes of it and what to do.
#[must_use]
pub fn reference_page(rules: &[Rule]) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| rule | severity | certainty | what it finds |\n| --- | --- | --- | --- |\n");
    for rule in rules {
        // Writing to a text cannot fail.
        let _ = writeln!(
            page,
            "| [{}](#{}) | {} | {} | {} |",
            rule.id,
            rule.id.to_lowercase(),
            rule.severity,
            rule.certainty,
            rule.summary
        );
    }
    for rule in rules {
        let _ = writeln!(
            page,
            "\n## {}\n\n{}; {}: {}.\n\n{}",
            rule.id,
            capitalised(rule.severity.as_str()),
            rule.certainty,
            rule.summary,
            rule.why
        );
        if !rule.hint.is_empty() {
            let _ = writeln!(page, "{}", rule.hint);
        }
        if rule.needs == Needs::Routes {
            page.push_str("Not judged where the routes and route responses of the API were not collected completely.\n");
        }
        let _ = writeln!(page, "\nSource: <{}>", rule.link);
    }
    page
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
