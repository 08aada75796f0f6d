//! SCRAM-SHA-256 as the server speaks it (RFC 5802, RFC 7677): neither side sends the password.

use crate::verifier::{Verifier, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The name of the mechanism.
pub(crate) const MECHANISM: &str = "SCRAM-SHA-256";

/// What a client may do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A message that does not read as RFC 5802 has it.
    Malformed,
    /// The proof is not that of the password.
    WrongPassword,
}

/// An exchange whose first message has been answered.
#[derive(Debug)]
pub(crate) struct Exchange {
    verifier: Verifier,
    /// The client's header, which it must send again.
    header: String,
    first_bare: String,
    server_first: String,
    nonce: String,
}

impl Exchange {
    /// Reads the client's first message; [`Exchange::server_first`] is the answer.
    pub(crate) fn begin(client_first: &str, verifier: Verifier) -> Result<Self, Fault> {
        let nonce = STANDARD.encode(rand::random::<[u8; 18]>());
        Self::begin_with(client_first, verifier, &nonce)
    }

    fn begin_with(client_first: &str, verifier: Verifier, nonce: &str) -> Result<Self, Fault> {
        // `n` and `y` say that the client does not bind to the channel, and `p` that it does, which is not offered.
        let mut parts = client_first.splitn(3, ',');
        let (binding, authorization) = (parts.next(), parts.next());
        let bare = parts.next().ok_or(Fault::Malformed)?;
        let (Some(binding @ ("n" | "y")), Some("")) = (binding, authorization) else {
            return Err(Fault::Malformed);
        };
        let mut attributes = bare.split(',');
        // The name was given when the connection began; this one does not count.
        let _user = attributes.next().and_then(|user| user.strip_prefix("n="));
        let client_nonce = attributes
            .next()
            .and_then(|nonce| nonce.strip_prefix("r="))
            .filter(|nonce| !nonce.is_empty())
            .ok_or(Fault::Malformed)?;
        let nonce = format!("{client_nonce}{nonce}");
        let salt = STANDARD.encode(&verifier.salt);
        let server_first = format!("r={nonce},s={salt},i={}", verifier.iterations);
        Ok(Self {
            header: format!("{binding},,"),
            first_bare: bare.to_owned(),
            server_first,
            nonce,
            verifier,
        })
    }

    /// Returns the server's first message.
    pub(crate) fn server_first(&self) -> &str {
        &self.server_first
    }

    /// Checks the client's last message, and returns the server's.
    pub(crate) fn finish(&self, client_final: &str) -> Result<String, Fault> {
        let (without_proof, proof) = client_final.rsplit_once(",p=").ok_or(Fault::Malformed)?;
        let mut attributes = without_proof.split(',');
        let header = attributes.next().and_then(|header| header.strip_prefix("c="));
        let nonce = attributes.next().and_then(|nonce| nonce.strip_prefix("r="));
        if header != Some(STANDARD.encode(&self.header).as_str()) || nonce != Some(&self.nonce) {
            return Err(Fault::Malformed);
        }
        let proof: [u8; 32] = STANDARD
            .decode(proof)
            .ok()
            .and_then(|proof| proof.try_into().ok())
            .ok_or(Fault::Malformed)?;
        let signed = format!("{},{},{without_proof}", self.first_bare, self.server_first);
        let signature = hmac(&self.verifier.stored_key, signed.as_bytes());
        let mut client_key = proof;
        client_key.iter_mut().zip(signature).for_each(|(byte, mask)| *byte ^= mask);
        let stored_key: [u8; 32] = Sha256::digest(client_key).into();
        if !is_equal(&stored_key, &self.verifier.stored_key) {
            return Err(Fault::WrongPassword);
        }
        let answer = hmac(&self.verifier.server_key, signed.as_bytes());
        Ok(format!("v={}", STANDARD.encode(answer)))
    }
}

/// Compares without telling by the time it takes where the first difference is.
fn is_equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    left.iter().zip(right).fold(0, |differences, (left, right)| differences | (left ^ right)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT_FIRST: &str = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    const CLIENT_FINAL: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    fn exchange(password: &str) -> Exchange {
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let verifier = Verifier::new(password, &salt, 4_096);
        Exchange::begin_with(CLIENT_FIRST, verifier, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0").unwrap()
    }

    #[test]
    fn exchange_is_the_one_of_rfc_7677() {
        let exchange = exchange("pencil");
        assert_eq!(
            exchange.server_first(),
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        );
        let server_final = exchange.finish(CLIENT_FINAL);
        assert_eq!(server_final.as_deref(), Ok("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    #[test]
    fn another_password_is_refused() {
        assert_eq!(exchange("pencils").finish(CLIENT_FINAL), Err(Fault::WrongPassword));
    }

    #[test]
    fn messages_that_bind_to_the_channel_or_make_no_sense_are_refused() {
        let verifier = || Verifier::new("pencil", b"salt", 1);
        for first in ["", "n", "n,,", "p=tls-unique,,n=,r=x", "n,a=other,n=,r=x", "n,,n=,r="] {
            let begun = Exchange::begin(first, verifier());
            assert!(matches!(begun, Err(Fault::Malformed)), "{first}");
        }
        for last in ["", "c=biws,r=x,p=", "c=biws,p=AAAA", ",p=\u{fffd}"] {
            assert_eq!(exchange("pencil").finish(last), Err(Fault::Malformed), "{last}");
        }
    }
}
