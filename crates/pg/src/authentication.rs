//! Who asks: nobody is asked where there are no users, else a password is proved by SCRAM-SHA-256.

use crate::error::PgError;
use crate::scram::{self, Exchange, Fault};
use crate::server::Shared;
use crate::verifier::{Verifier, hmac};
use crate::wire::frontend::Message;
use crate::wire::{Body, Wire, backend};
use bytes::Bytes;
use census_error::{Error, Result, SqlState};

/// Lets a user in, or says why not.
///
/// # Errors
/// 28P01 for a user that does not exist as for a wrong password: which of them it was is not told.
pub(crate) async fn check(wire: &mut Wire, user: &str, shared: &Shared) -> Result<()> {
    if !shared.users.is_empty() {
        prove(wire, user, shared).await?;
    }
    backend::authentication_ok(&mut wire.out);
    Ok(())
}

async fn prove(wire: &mut Wire, user: &str, shared: &Shared) -> Result<()> {
    let refused = || {
        let message = format!("password authentication failed for user \"{user}\"");
        Error::new(SqlState::InvalidPassword, message)
    };
    // A user that does not exist has a salt that stays the same, and a password that nobody has.
    let known = shared.users.get(user).cloned();
    let is_known = known.is_some();
    let verifier = known.unwrap_or_else(|| {
        let salt = hmac(&shared.secret, user.as_bytes());
        Verifier {
            iterations: 4_096,
            salt: salt[..16].to_vec(),
            stored_key: hmac(&shared.secret, &salt),
            server_key: hmac(&shared.secret, b"server"),
        }
    });
    backend::authentication_sasl(&mut wire.out, &[scram::MECHANISM]);
    let mut first = Body::new(step(wire, shared).await?);
    let mechanism = first.text()?;
    let length = usize::try_from(first.long()?).unwrap_or_default();
    let first = text(first.bytes(length)?)?;
    if mechanism != scram::MECHANISM {
        let message = "client selected an invalid SASL authentication mechanism";
        return Err(Error::new(SqlState::ProtocolViolation, message));
    }
    let malformed = || Error::new(SqlState::ProtocolViolation, "malformed SCRAM message");
    let exchange = Exchange::begin(&first, verifier).map_err(|_| malformed())?;
    backend::authentication_step(&mut wire.out, 11, exchange.server_first());
    let last = text(step(wire, shared).await?)?;
    match exchange.finish(&last) {
        Ok(answer) if is_known => {
            backend::authentication_step(&mut wire.out, 12, &answer);
            Ok(())
        }
        Ok(_) | Err(Fault::WrongPassword) => Err(refused()),
        Err(Fault::Malformed) => Err(malformed()),
    }
}

/// Sends what there is, and reads the client's next step.
async fn step(wire: &mut Wire, shared: &Shared) -> Result<Bytes> {
    wire.flush().await?;
    let gone = || PgError::Lost(std::io::ErrorKind::UnexpectedEof.into());
    let message = wire.message(shared.limits.startup_message_bytes).await?;
    let (letter, body) = message.ok_or_else(gone)?;
    match Message::read(letter, body)? {
        Message::Password(bytes) => Ok(bytes),
        _ => Err(PgError::MisplacedMessage { letter: char::from(letter) }.into()),
    }
}

fn text(bytes: Bytes) -> Result<String> {
    String::from_utf8(bytes.into())
        .map_err(|_| Error::new(SqlState::ProtocolViolation, "malformed SCRAM message"))
}
