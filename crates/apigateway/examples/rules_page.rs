//! Prints the reference page of rules; `cargo xtask pages` keeps it.

use census_apigateway::rules::{RULES, reference_page};

fn main() {
    print!("{}", reference_page(RULES));
}
