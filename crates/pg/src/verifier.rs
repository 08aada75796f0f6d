//! Passwords as they are kept: SCRAM-SHA-256 verifiers (RFC 5803), in the form in which PostgreSQL keeps them too.

use crate::error::PgError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

/// How often a password is hashed; PostgreSQL's own number.
const ITERATIONS: u32 = 4_096;

/// The largest number of iterations that a verifier may have: a login takes as long as they do, on the client.
const MOST_ITERATIONS: u32 = 10_000_000;

/// The shortest password that is taken, in characters.
const LEAST_LENGTH: usize = 8;

/// What is kept of a password: enough to check one, not enough to log in.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    pub(crate) iterations: u32,
    pub(crate) salt: Vec<u8>,
    pub(crate) stored_key: [u8; 32],
    pub(crate) server_key: [u8; 32],
}

impl Verifier {
    /// Makes a verifier of a password, with a salt of its own.
    ///
    /// # Errors
    /// Where the password is shorter than 8 characters, or has any that are not printable ASCII: other characters
    /// have several forms, and a client may send another one than it was made of.
    pub fn of_password(password: &str) -> Result<Self, PgError> {
        let is_plain = password.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if !is_plain || password.len() < LEAST_LENGTH {
            return Err(PgError::UnfitPassword { least: LEAST_LENGTH });
        }
        Ok(Self::new(password, &rand::random::<[u8; 16]>(), ITERATIONS))
    }

    pub(crate) fn new(password: &str, salt: &[u8], iterations: u32) -> Self {
        let salted = salted_password(password.as_bytes(), salt, iterations);
        let client_key = hmac(&salted, b"Client Key");
        Self {
            iterations,
            salt: salt.to_vec(),
            stored_key: Sha256::digest(client_key).into(),
            server_key: hmac(&salted, b"Server Key"),
        }
    }

    /// Reads a verifier in PostgreSQL's form: `SCRAM-SHA-256$4096:salt$stored-key:server-key`, in base64.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (parameters, keys) = text.trim().strip_prefix("SCRAM-SHA-256$")?.split_once('$')?;
        let (iterations, salt) = parameters.split_once(':')?;
        let (stored_key, server_key) = keys.split_once(':')?;
        let key = |written: &str| STANDARD.decode(written).ok()?.try_into().ok();
        let iterations: u32 = iterations.parse().ok()?;
        let salt = STANDARD.decode(salt).ok()?;
        if !(1..=MOST_ITERATIONS).contains(&iterations) || salt.is_empty() {
            return None;
        }
        Some(Self { iterations, salt, stored_key: key(stored_key)?, server_key: key(server_key)? })
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SCRAM-SHA-256${}:{}${}:{}",
            self.iterations,
            STANDARD.encode(&self.salt),
            STANDARD.encode(self.stored_key),
            STANDARD.encode(self.server_key)
        )
    }
}

// Not even a verifier stands in a log.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

/// Returns the keyed hash of a text.
pub(crate) fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // A key of any length will do.
        return [0; 32];
    };
    mac.update(data);
    mac.finalize().into_bytes().into()
}

/// Hashes a password over and over, as RFC 5802 has it: PBKDF2 of one block.
fn salted_password(password: &[u8], salt: &[u8], iterations: u32) -> [u8; 32] {
    let mut last = hmac(password, &[salt, &1_u32.to_be_bytes()].concat());
    let mut salted = last;
    for _ in 1..iterations {
        last = hmac(password, &last);
        salted.iter_mut().zip(last).for_each(|(sum, byte)| *sum ^= byte);
    }
    salted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verifier_is_the_one_of_rfc_7677() {
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let verifier = Verifier::new("pencil", &salt, 4_096);
        let written = verifier.to_string();
        assert_eq!(
            written,
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        );
        assert_eq!(Verifier::parse(&written), Some(verifier));
    }

    #[test]
    fn what_is_no_verifier_is_none() {
        for text in ["", "secret", "md5abc", "SCRAM-SHA-256$0:AA==$AA==:AA==", "SCRAM-SHA-256$1:$:"]
        {
            assert_eq!(Verifier::parse(text), None, "{text}");
        }
    }

    #[test]
    fn passwords_that_clients_might_send_otherwise_are_refused() {
        assert!(Verifier::of_password("correct horse").is_ok());
        assert!(Verifier::of_password("short").is_err());
        assert!(Verifier::of_password("größer als acht").is_err());
    }
}
