//! Who asks: the account and ARN behind a key, once its signature is verified.

use crate::inventory::Inventory;
use crate::state::State;
use crate::wire::{Received, Refusal, Service, Signature};
use std::collections::HashMap;
use std::time::SystemTime;

/// A caller whose signature is right.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) account_id: String,
    /// The region of the credential scope.
    pub(crate) region: String,
    pub(crate) arn: String,
    pub(crate) user_id: String,
}

/// Temporary keys by access key id.
#[derive(Debug, Default)]
pub(crate) struct Sessions(HashMap<String, Session>);

/// What `AssumeRole` gave out.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) account_id: String,
    pub(crate) arn: String,
    pub(crate) user_id: String,
    pub(crate) expires_at: SystemTime,
}

impl Sessions {
    /// Keeps a session under new keys and returns it with them.
    pub(crate) fn open(
        &mut self,
        account_id: &str,
        role: &str,
        session_name: &str,
        expires_at: SystemTime,
    ) -> Session {
        let number = self.0.len() + 1;
        let session = Session {
            access_key_id: format!("ASIASANDBOX{number:09}"),
            secret: format!("temporary-secret-{number}"),
            token: format!("temporary-token-{number}"),
            account_id: account_id.to_owned(),
            arn: format!("arn:aws:sts::{account_id}:assumed-role/{role}/{session_name}"),
            user_id: format!("AROASANDBOX{account_id}:{session_name}"),
            expires_at,
        };
        self.0.insert(session.access_key_id.clone(), session.clone());
        session
    }
}

/// Verifies a request's signature.
pub(crate) fn authenticate(
    state: &State,
    received: &Received,
    now: SystemTime,
) -> Result<Caller, Refusal> {
    let Some(signature) = &received.signature else {
        return Err(Refusal::missing_signature());
    };
    let Some(service) = received.service() else {
        return Err(Refusal::new(
            403,
            "SignatureDoesNotMatch",
            format!(
                "Credential should be scoped to a service of the sandbox, not {}.",
                signature.signing_name
            ),
        ));
    };
    let known = session_of(state, signature, service)?
        .or_else(|| user_of(&state.inventory(), signature))
        .ok_or_else(|| Refusal::unknown_key(service))?;
    let is_right = signature.is_by(
        &known.secret,
        &received.method,
        &received.uri,
        &received.headers,
        &received.body,
    );
    if !is_right {
        return Err(Refusal::wrong_signature());
    }
    if known.expires_at.is_some_and(|end| end <= now) {
        return Err(Refusal::expired_token(service));
    }
    Ok(known.caller)
}

/// A caller before the signature is verified.
struct Known {
    secret: String,
    expires_at: Option<SystemTime>,
    caller: Caller,
}

fn session_of(
    state: &State,
    signature: &Signature,
    service: Service,
) -> Result<Option<Known>, Refusal> {
    let sessions = state.sessions();
    let Some(session) = sessions.0.get(&signature.access_key_id) else {
        return Ok(None);
    };
    if signature.token.as_ref() != Some(&session.token) {
        return Err(Refusal::unknown_key(service));
    }
    Ok(Some(Known {
        secret: session.secret.clone(),
        expires_at: Some(session.expires_at),
        caller: Caller {
            account_id: session.account_id.clone(),
            region: signature.region.clone(),
            arn: session.arn.clone(),
            user_id: session.user_id.clone(),
        },
    }))
}

fn user_of(inventory: &Inventory, signature: &Signature) -> Option<Known> {
    for (account_id, account) in &inventory.accounts {
        for key in &account.access_keys {
            if key.id != signature.access_key_id {
                continue;
            }
            return Some(Known {
                secret: key.secret.clone(),
                expires_at: None,
                caller: Caller {
                    account_id: account_id.clone(),
                    region: signature.region.clone(),
                    arn: format!("arn:aws:iam::{account_id}:user/{}", key.user),
                    user_id: format!("AIDASANDBOX{account_id}"),
                },
            });
        }
    }
    None
}
