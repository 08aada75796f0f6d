//! Errors as each service words and frames them.
//!
//! Frames: REST-JSON with `x-amzn-ErrorType` for API Gateway, JSON 1.1 with `__type` for
//! Organizations, the query protocol's `ErrorResponse` for STS, EC2's own `Response`.

use super::{Answer, Service};
use crate::services::xml_escape;
use serde_json::json;

/// An error before it is framed.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    code: &'static str,
    message: String,
    /// A member beside `message`, as `resourceType` and `limitType`.
    member: Option<(&'static str, &'static str)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), member: None }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequestException", message)
    }

    pub(crate) fn not_found(resource_type: &'static str, id: &str) -> Self {
        let message = format!("Invalid {resource_type} identifier specified {id}");
        Self {
            member: Some(("resourceType", resource_type)),
            ..Self::new(404, "NotFoundException", message)
        }
    }

    pub(crate) fn missing_signature() -> Self {
        Self::new(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
    }

    pub(crate) fn unknown_key(service: Service) -> Self {
        let invalid = "The security token included in the request is invalid.";
        match service {
            Service::Sts => Self::new(403, "InvalidClientTokenId", invalid),
            Service::Ec2 => Self::new(
                401,
                "AuthFailure",
                "AWS was not able to validate the provided access credentials",
            ),
            Service::ApiGateway | Service::Organizations => {
                Self::new(403, "UnrecognizedClientException", invalid)
            }
        }
    }

    pub(crate) fn wrong_signature() -> Self {
        Self::new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. \
             Check your AWS Secret Access Key and signing method.",
        )
    }

    pub(crate) fn expired_token(service: Service) -> Self {
        let expired = "The security token included in the request is expired";
        match service {
            Service::Sts => Self::new(403, "ExpiredToken", expired),
            Service::Ec2 => Self::new(400, "RequestExpired", "Request has expired."),
            Service::ApiGateway | Service::Organizations => {
                Self::new(403, "ExpiredTokenException", expired)
            }
        }
    }

    pub(crate) fn denied(service: Service, caller: &str, action: &str, resource: &str) -> Self {
        let message = format!(
            "User: {caller} is not authorized to perform: {action} on resource: {resource} \
             because no identity-based policy allows the {action} action"
        );
        let code = match service {
            Service::Sts => "AccessDenied",
            Service::Ec2 => "UnauthorizedOperation",
            Service::ApiGateway | Service::Organizations => "AccessDeniedException",
        };
        Self::new(403, code, message)
    }

    pub(crate) fn throttled(service: Service) -> Self {
        match service {
            Service::ApiGateway => Self {
                member: Some(("limitType", "Account")),
                ..Self::new(429, "TooManyRequestsException", "Too Many Requests")
            },
            Service::Sts => Self::new(400, "Throttling", "Rate exceeded"),
            Service::Ec2 => Self::new(503, "RequestLimitExceeded", "Request limit exceeded."),
            Service::Organizations => Self::new(
                400,
                "TooManyRequestsException",
                "AWS Organizations can't complete your request because another request is in \
                 progress",
            ),
        }
    }

    pub(crate) fn server_error(status: u16) -> Self {
        match status {
            503 => Self::new(status, "ServiceUnavailableException", "Service Unavailable"),
            502 => Self::new(status, "BadGatewayException", "Bad Gateway"),
            _ => Self::new(status, "InternalServerErrorException", "Internal server error"),
        }
    }

    /// Frames the error as its service does.
    pub(crate) fn into_answer(self, service: Service) -> Answer {
        let (status, code) = (self.status, self.code);
        let message = xml_escape(&self.message);
        let mut answer = match service {
            Service::ApiGateway => {
                let mut body = json!({ "message": self.message });
                if let Some((name, value)) = self.member {
                    body[name] = json!(value);
                }
                let mut answer = Answer::json(status, body.to_string().into_bytes());
                answer.headers.push(("x-amzn-errortype", code.to_owned()));
                answer
            }
            Service::Organizations => {
                let body = json!({ "__type": code, "Message": self.message });
                let mut answer = Answer::json(status, body.to_string().into_bytes());
                answer.content_type = "application/x-amz-json-1.1";
                answer
            }
            Service::Sts => {
                let kind = if status < 500 { "Sender" } else { "Receiver" };
                Answer::xml(
                    status,
                    format!(
                        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
                         <Error><Type>{kind}</Type><Code>{code}</Code>\
                         <Message>{message}</Message></Error>\
                         <RequestId>sandbox</RequestId></ErrorResponse>"
                    ),
                )
            }
            Service::Ec2 => Answer::xml(
                status,
                format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Errors><Error>\
                     <Code>{code}</Code><Message>{message}</Message></Error></Errors>\
                     <RequestID>sandbox</RequestID></Response>"
                ),
            ),
        };
        answer.error_code = Some(code.to_owned());
        answer
    }
}
