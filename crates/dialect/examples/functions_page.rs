//! Prints the reference page of functions; `cargo xtask pages` keeps it.

use census_dialect::functions::{all, reference_page};

fn main() {
    print!("{}", reference_page(all()));
}
