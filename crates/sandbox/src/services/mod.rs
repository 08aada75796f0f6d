//! The way of a request: signature, quota, faults, operation; then the record of the call.

mod apigateway;
mod authentication;
mod ec2;
mod organizations;
mod page;
mod sts;

pub(crate) use authentication::Sessions;

use crate::call::Call;
use crate::faults::{Befallen, Before, Effect, after, before};
use crate::state::State;
use crate::wire::{Answer, Received, Refusal, Service};
use apigateway::Asked;
use authentication::Caller;
use std::time::SystemTime;

/// Answers a request and remembers it.
pub(crate) async fn respond(state: &State, received: &Received) -> Answer {
    let at = state.clock.now();
    let service = received.service().unwrap_or(Service::ApiGateway);
    let asked = asked(service, received);
    let caller = authentication::authenticate(state, received, at);
    let (account, answer) = match caller {
        Ok(caller) => {
            let answer = answer(state, received, service, &asked, &caller, at).await;
            (caller.account_id, answer)
        }
        Err(refusal) => (String::new(), refusal.into_answer(service)),
    };
    let signature = received.signature.as_ref();
    state.record(Call {
        account,
        region: signature.map_or_else(String::new, |signature| signature.region.clone()),
        service: signature.map_or_else(String::new, |signature| signature.signing_name.clone()),
        operation: asked.operation.clone(),
        path: received.path.clone(),
        page_token: asked.page_token.clone(),
        max_results: asked.max_results.clone(),
        status: answer.status,
        error_code: answer.error_code.clone(),
        at,
    });
    answer
}

/// Names the operation, whoever asks for it.
fn asked(service: Service, received: &Received) -> Asked {
    match service {
        Service::ApiGateway => apigateway::parse(received),
        Service::Organizations => organizations::parse(received),
        Service::Sts | Service::Ec2 => {
            let form = received.form();
            let action = form.into_iter().find(|(name, _)| name == "Action");
            Asked {
                operation: action.map_or_else(|| "Unknown".to_owned(), |(_, value)| value),
                ..Asked::default()
            }
        }
    }
}

async fn answer(
    state: &State,
    received: &Received,
    service: Service,
    asked: &Asked,
    caller: &Caller,
    at: SystemTime,
) -> Answer {
    if service == Service::ApiGateway {
        if !state.inventory().is_enabled(&caller.account_id, &caller.region) {
            return Refusal::unknown_key(service).into_answer(service);
        }
        if !state.take_quota(&caller.account_id, &caller.region, at) {
            return Refusal::throttled(service).into_answer(service);
        }
    }
    let effects = state.befall(&Befallen {
        account: &caller.account_id,
        region: &caller.region,
        operation: &asked.operation,
        parents: &asked.parents,
        page: page::number_of(asked.page_token.as_deref()),
    });
    let action = action_of(service, &asked.operation);
    let resource = match service {
        Service::ApiGateway => apigateway::resource_of(received, caller),
        _ => "*".to_owned(),
    };
    for effect in &effects {
        if let Effect::Stall(duration) = effect {
            state.stall(*duration).await;
        }
        let replaced = before(
            effect,
            &Before {
                service,
                caller_arn: &caller.arn,
                action: &action,
                resource: &resource,
                page_token: asked.page_token.as_deref(),
            },
        );
        if let Some(answer) = replaced {
            return answer;
        }
    }
    let mut answer = match service {
        Service::ApiGateway => {
            apigateway::answer(&state.inventory(), received, asked, caller, state.page_limit)
        }
        Service::Sts => sts::answer(state, received, caller, at),
        Service::Ec2 => ec2::answer(&state.inventory(), received, caller),
        Service::Organizations => organizations::answer(&state.inventory(), received, caller),
    };
    for effect in &effects {
        after(effect, asked.page_token.as_deref(), &mut answer);
    }
    answer
}

/// Returns the IAM action of an operation (service authorization reference: API Gateway's classic
/// operations are authorised by the HTTP verb).
fn action_of(service: Service, operation: &str) -> String {
    match service {
        Service::ApiGateway if operation.starts_with("List") => format!("apigateway:{operation}"),
        Service::ApiGateway => "apigateway:GET".to_owned(),
        Service::Sts => format!("sts:{operation}"),
        Service::Ec2 => format!("ec2:{operation}"),
        Service::Organizations => format!("organizations:{operation}"),
    }
}

/// Escapes text for an XML element.
pub(crate) fn xml_escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
