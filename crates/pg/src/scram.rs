//! SCRAM-SHA-256 as the server speaks it (RFC 5802, RFC 7677): neither side sends the password.

use crate::verifier::{Verifier, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The name of the mechanism.
pub(crate) const MECHANISM: &str = "SCRAM-SHA-256";

/// The name of the mechanism that binds to the channel: whoever stands between has another certificate.
pub(crate) const BINDING_MECHANISM: &str = "SCRAM-SHA-256-PLUS";

/// The header of a client that binds to the channel by the server's certificate.
const BINDING: &str = "p=tls-server-end-point";

/// What a client may do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A message that does not read as RFC 5802 has it.
    Malformed,
    /// The proof is not that of the password.
    WrongPassword,
    /// The client would have bound to the channel had it been told that the server does: somebody stands between.
    Downgraded,
    /// The client binds to another channel: somebody stands between.
    WrongChannel,
    /// The client binds to the channel in another way.
    UnknownBinding,
}

/// The channel of an exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Channel<'a> {
    /// What it is known by; where there is that, binding to it is offered.
    pub(crate) end_point: Option<&'a [u8]>,
    /// Whether the client has chosen the mechanism that binds to it.
    pub(crate) is_bound: bool,
}

impl Channel<'_> {
    /// Checks the flag of the client's header (RFC 5802, section 6), and returns the bytes that it binds to.
    fn check(&self, flag: &str) -> Result<&[u8], Fault> {
        match (flag, self.is_bound, self.end_point) {
            ("n", false, _) | ("y", false, None) => Ok(&[]),
            ("y", false, Some(_)) => Err(Fault::Downgraded),
            (BINDING, true, Some(end_point)) => Ok(end_point),
            (other, true, _) if other.starts_with("p=") => Err(Fault::UnknownBinding),
            _ => Err(Fault::Malformed),
        }
    }
}

/// An exchange whose first message has been answered.
#[derive(Debug)]
pub(crate) struct Exchange {
    verifier: Verifier,
    /// The client's header and what it binds to, which it must send again.
    header: Vec<u8>,
    is_bound: bool,
    first_bare: String,
    server_first: String,
    nonce: String,
}

impl Exchange {
    /// Reads the client's first message; [`Exchange::server_first`] is the answer.
    pub(crate) fn begin(
        client_first: &str,
        verifier: Verifier,
        channel: Channel<'_>,
    ) -> Result<Self, Fault> {
        let nonce = STANDARD.encode(rand::random::<[u8; 18]>());
        Self::begin_with(client_first, verifier, channel, &nonce)
    }

    fn begin_with(
        client_first: &str,
        verifier: Verifier,
        channel: Channel<'_>,
        nonce: &str,
    ) -> Result<Self, Fault> {
        let mut parts = client_first.splitn(3, ',');
        let (flag, authorization) = (parts.next(), parts.next());
        let bare = parts.next().ok_or(Fault::Malformed)?;
        let (Some(flag), Some("")) = (flag, authorization) else {
            return Err(Fault::Malformed);
        };
        let bound = channel.check(flag)?;
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
            header: [format!("{flag},,").as_bytes(), bound].concat(),
            is_bound: channel.is_bound,
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
        if header != Some(STANDARD.encode(&self.header).as_str()) {
            return Err(if self.is_bound { Fault::WrongChannel } else { Fault::Malformed });
        }
        if nonce != Some(&self.nonce) {
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

    const PLAIN: Channel<'_> = Channel { end_point: None, is_bound: false };

    fn exchange(password: &str) -> Exchange {
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let verifier = Verifier::new(password, &salt, 4_096);
        Exchange::begin_with(CLIENT_FIRST, verifier, PLAIN, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
            .unwrap()
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
    fn messages_that_make_no_sense_are_refused() {
        let verifier = || Verifier::new("pencil", b"salt", 1);
        for first in ["", "n", "n,,", "p=tls-unique,,n=,r=x", "n,a=other,n=,r=x", "n,,n=,r="] {
            let begun = Exchange::begin(first, verifier(), PLAIN);
            assert!(matches!(begun, Err(Fault::Malformed)), "{first}");
        }
        for last in ["", "c=biws,r=x,p=", "c=biws,p=AAAA", ",p=\u{fffd}"] {
            assert_eq!(exchange("pencil").finish(last), Err(Fault::Malformed), "{last}");
        }
    }

    #[test]
    fn client_binds_to_the_channel_that_the_server_has_or_to_none() {
        let plain = Channel { end_point: Some(b"hash"), is_bound: false };
        let bound = Channel { is_bound: true, ..plain };
        for (channel, flag, expected) in [
            (PLAIN, "n", Ok(b"".as_slice())),
            (PLAIN, "y", Ok(b"")),
            (PLAIN, BINDING, Err(Fault::Malformed)),
            (plain, "n", Ok(b"")),
            (plain, "y", Err(Fault::Downgraded)),
            (plain, BINDING, Err(Fault::Malformed)),
            (bound, "n", Err(Fault::Malformed)),
            (bound, "y", Err(Fault::Malformed)),
            (bound, BINDING, Ok(b"hash")),
            (bound, "p=tls-unique", Err(Fault::UnknownBinding)),
        ] {
            assert_eq!(channel.check(flag), expected, "{flag}");
        }
    }

    #[test]
    fn another_channel_is_refused() {
        let channel = Channel { end_point: Some(b"hash"), is_bound: true };
        let first = format!("{BINDING},,n=,r=x");
        let verifier = Verifier::new("pencil", b"salt", 1);
        let exchange = Exchange::begin(&first, verifier, channel).unwrap();
        let other = STANDARD.encode(format!("{BINDING},,other"));
        let last = format!("c={other},r={},p=AAAA", exchange.nonce);
        assert_eq!(exchange.finish(&last), Err(Fault::WrongChannel));
    }
}
