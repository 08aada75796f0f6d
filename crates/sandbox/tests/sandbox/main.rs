//! The sandbox as its users meet it: over HTTP, with signed requests.

// The attribute tells clippy that the helpers, too, may unwrap.
#[cfg(test)]
mod client;

#[cfg(test)]
mod inventory;

mod authentication;
mod faults;
mod paging;
mod quota;
