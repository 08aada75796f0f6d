//! The loop of a session: one message after another, until the client goes or the server stops.

use crate::client::Client;
use crate::error::{Origin, PgError};
use crate::server::{Shared, dismiss, refuse};
use crate::wire::frontend::Message;
use census_error::{Error, Result, SqlState};
use std::borrow::Cow;

/// Serves a session to its end.
///
/// # Errors
/// Where the connection is lost, or where the client does not follow the protocol: it has then been told.
pub(crate) async fn serve(client: &mut Client, shared: &Shared) -> Result<()> {
    let mut stopping = shared.stopping.clone();
    // After an error within the extended protocol nothing counts until the client is at one with the server again.
    let mut waits_for_sync = false;
    loop {
        let next = tokio::select! {
            biased;
            next = client.wire.message(shared.limits.message_bytes) => next,
            () = async { drop(stopping.wait_for(|stopping| *stopping).await) } => {
                let message = "terminating connection due to administrator command";
                dismiss(&mut client.wire, &Error::new(SqlState::AdminShutdown, message)).await;
                return Ok(());
            }
        };
        let (letter, body) = match next {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(()),
            Err(fault @ PgError::Lost(_)) => return Err(fault.into()),
            Err(fault) => return Err(refused(client, fault).await),
        };
        if waits_for_sync && Message::is_extended(letter) {
            continue;
        }
        let message = match Message::read(letter, body) {
            Ok(message) => message,
            Err(fault @ PgError::UnknownMessage { .. }) => {
                return Err(refused(client, fault).await);
            }
            Err(fault) => {
                client.fail(&fault.into(), Origin::NONE);
                waits_for_sync = Message::is_extended(letter);
                if waits_for_sync {
                    client.wire.flush().await?;
                } else {
                    client.ready().await?;
                }
                continue;
            }
        };
        match message {
            Message::Terminate => return Ok(()),
            Message::Query(text) => {
                Box::pin(client.run_simple(&text)).await?;
                client.ready().await?;
            }
            Message::Sync => {
                waits_for_sync = false;
                client.synchronise().await?;
            }
            Message::Copy => {}
            Message::FunctionCall => {
                let message = "function calls outside of SQL are not supported";
                let error = Error::new(SqlState::FeatureNotSupported, message);
                client.fail(&error, Origin::NONE);
                client.ready().await?;
            }
            Message::Password(_) => {
                let fault = PgError::MisplacedMessage { letter: char::from(letter) };
                return Err(refused(client, fault).await);
            }
            message => waits_for_sync = !Box::pin(step(client, message)).await?,
        }
    }
}

/// Does a step of the extended protocol; false where it failed and the client was told.
async fn step(client: &mut Client, message: Message) -> Result<bool> {
    let text = match &message {
        Message::Parse { query, .. } => Cow::Owned(query.clone()),
        message => client.text_of(message),
    };
    client.execution.begin();
    let done = Box::pin(client.run_extended(message)).await;
    client.execution.end();
    match done {
        Ok(()) => Ok(true),
        Err(error) if error.sqlstate() == SqlState::ConnectionFailure => Err(error),
        Err(error) => {
            client.fail(&error, Origin { text: &text, offset: 0 });
            // Some clients send Sync only once they have read of the error.
            client.wire.flush().await?;
            Ok(false)
        }
    }
}

/// Tells a client that it does not follow the protocol, and ends the connection.
async fn refused(client: &mut Client, fault: PgError) -> Error {
    let error = fault.into();
    refuse(&mut client.wire, &error).await;
    error
}
