//! The page that is kept is the page that the records make.

use census_dialect::functions::{all, reference_page};

#[test]
fn the_reference_page_of_functions_is_up_to_date() {
    let kept = include_str!("../../../docs/reference/functions.md");
    assert!(
        kept == reference_page(all()),
        "docs/reference/functions.md: run \"cargo xtask pages\""
    );
}
