//! Gives the dependencies one set of features whichever packages are selected.
//!
//! Cargo unifies features over the packages of a command, so `cargo test -p census-types` would build
//! DataFusion once more than `cargo test --workspace` did. Every crate depends on this empty one, which
//! depends on all of them; it holds no code and nothing may be exported from it.
