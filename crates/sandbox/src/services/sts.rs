//! STS: `GetCallerIdentity` and `AssumeRole` of the query protocol.

use super::authentication::Caller;
use super::xml_escape;
use crate::state::State;
use crate::wire::{Answer, Received, Refusal, Service, find};
use std::time::{Duration, SystemTime};

/// Answers a call.
pub(crate) fn answer(
    state: &State,
    received: &Received,
    caller: &Caller,
    now: SystemTime,
) -> Answer {
    let form = received.form();
    let result = match find(&form, "Action") {
        Some("GetCallerIdentity") => Ok(caller_identity(caller)),
        Some("AssumeRole") => assume_role(state, &form, caller, now),
        action => Err(Refusal::new(
            400,
            "InvalidAction",
            format!("Could not find operation {}", action.unwrap_or_default()),
        )),
    };
    match result {
        Ok(body) => Answer::xml(200, body),
        Err(refusal) => refusal.into_answer(Service::Sts),
    }
}

fn caller_identity(caller: &Caller) -> String {
    let content = format!(
        "<Arn>{}</Arn><UserId>{}</UserId><Account>{}</Account>",
        xml_escape(&caller.arn),
        xml_escape(&caller.user_id),
        caller.account_id
    );
    envelope("GetCallerIdentity", &content)
}

fn assume_role(
    state: &State,
    form: &[(String, String)],
    caller: &Caller,
    now: SystemTime,
) -> Result<String, Refusal> {
    let role_arn = find(form, "RoleArn").unwrap_or_default();
    let session_name = find(form, "RoleSessionName").unwrap_or_default();
    if session_name.is_empty() {
        return Err(Refusal::new(
            400,
            "ValidationError",
            "1 validation error detected: Value null at 'roleSessionName' failed to satisfy \
             constraint: Member must not be null",
        ));
    }
    let denied = || Refusal::denied(Service::Sts, &caller.arn, "sts:AssumeRole", role_arn);
    let (account_id, role_name) = role_arn
        .strip_prefix("arn:aws:iam::")
        .and_then(|rest| rest.split_once(":role/"))
        .ok_or_else(denied)?;
    let external_id = find(form, "ExternalId");
    let is_allowed = state
        .inventory()
        .accounts
        .get(account_id)
        .into_iter()
        .flat_map(|account| &account.roles)
        .filter(|role| role.name == role_name)
        .any(|role| role.external_id.is_none() || role.external_id.as_deref() == external_id);
    if !is_allowed {
        return Err(denied());
    }
    let asked = find(form, "DurationSeconds").and_then(|text| text.parse().ok());
    let duration = asked.map_or(state.session_duration, |seconds| {
        state.session_duration.min(Duration::from_secs(seconds))
    });
    let session = state.sessions().open(account_id, role_name, session_name, now + duration);
    let expiration = chrono::DateTime::<chrono::Utc>::from(session.expires_at);
    let content = format!(
        "<AssumedRoleUser><Arn>{}</Arn><AssumedRoleId>{}</AssumedRoleId></AssumedRoleUser>\
         <Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey>\
         <SessionToken>{}</SessionToken><Expiration>{}</Expiration></Credentials>",
        xml_escape(&session.arn),
        xml_escape(&session.user_id),
        session.access_key_id,
        session.secret,
        session.token,
        expiration.format("%Y-%m-%dT%H:%M:%SZ"),
    );
    Ok(envelope("AssumeRole", &content))
}

fn envelope(action: &str, content: &str) -> String {
    format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <{action}Result>{content}</{action}Result>\
         <ResponseMetadata><RequestId>sandbox</RequestId></ResponseMetadata>\
         </{action}Response>"
    )
}
