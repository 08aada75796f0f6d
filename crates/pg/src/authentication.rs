//! Who asks: nobody is asked where there are no users, else a password is proved by SCRAM-SHA-256.

use crate::error::PgError;
use crate::scram::{self, Channel, Exchange, Fault};
use crate::server::Shared;
use crate::verifier::{Verifier, hmac};
use crate::wire::frontend::Message;
use crate::wire::{Body, Wire, backend};
use bytes::Bytes;
use census_error::{Error, Result, SqlState};

/// Lets a user in, or says why not; `end_point` is what the channel is known by, if it is encrypted.
///
/// # Errors
/// 28P01 for a user that does not exist as for a wrong password: which of them it was is not told.
pub(crate) async fn check(
    wire: &mut Wire,
    user: &str,
    end_point: Option<&[u8]>,
    shared: &Shared,
) -> Result<()> {
    if !shared.users.is_empty() {
        prove(wire, user, end_point, shared).await?;
    }
    backend::authentication_ok(&mut wire.out);
    Ok(())
}

async fn prove(
    wire: &mut Wire,
    user: &str,
    end_point: Option<&[u8]>,
    shared: &Shared,
) -> Result<()> {
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
    let offered: &[&str] = match end_point {
        Some(_) => &[scram::BINDING_MECHANISM, scram::MECHANISM],
        None => &[scram::MECHANISM],
    };
    backend::authentication_sasl(&mut wire.out, offered);
    let mut first = Body::new(step(wire, shared).await?);
    let mechanism = first.text()?;
    let length = usize::try_from(first.long()?).unwrap_or_default();
    let first = text(first.bytes(length)?)?;
    if !offered.contains(&mechanism.as_str()) {
        let message = "client selected an invalid SASL authentication mechanism";
        return Err(Error::new(SqlState::ProtocolViolation, message));
    }
    let channel = Channel { end_point, is_bound: mechanism == scram::BINDING_MECHANISM };
    let exchange =
        Exchange::begin(&first, verifier, channel).map_err(|fault| told(fault, refused))?;
    backend::authentication_step(&mut wire.out, 11, exchange.server_first());
    let last = text(step(wire, shared).await?)?;
    match exchange.finish(&last) {
        Ok(answer) if is_known => {
            backend::authentication_step(&mut wire.out, 12, &answer);
            Ok(())
        }
        Ok(_) => Err(refused()),
        Err(fault) => Err(told(fault, refused)),
    }
}

/// Returns what a client is told of a fault.
fn told(fault: Fault, refused: impl Fn() -> Error) -> Error {
    let invalid = |message: &str| Error::new(SqlState::InvalidAuthorizationSpecification, message);
    match fault {
        Fault::WrongPassword => refused(),
        Fault::Malformed => Error::new(SqlState::ProtocolViolation, "malformed SCRAM message"),
        Fault::Downgraded => invalid("SCRAM channel binding negotiation error").with_detail(
            "The client supports SCRAM channel binding but thinks the server does not. However, this server does support channel binding.",
        ),
        Fault::WrongChannel => invalid("SCRAM channel binding check failed"),
        Fault::UnknownBinding => {
            Error::new(SqlState::ProtocolViolation, "unsupported SCRAM channel-binding type")
        }
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
