//! The page that is kept is the page that the rules make.

use census_apigateway::rules::{RULES, reference_page};

#[test]
fn the_reference_page_of_rules_is_up_to_date() {
    let kept = include_str!("../../../docs/reference/rules.md");
    assert!(kept == reference_page(RULES), "docs/reference/rules.md: run \"cargo xtask pages\"");
}
