//! The services behind the one address, told apart by the signature's scope.

/// A service that the sandbox plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// REST-JSON.
    ApiGateway,
    /// Query protocol, XML.
    Sts,
    /// EC2's own query protocol, XML.
    Ec2,
    /// JSON 1.1.
    Organizations,
}

impl Service {
    /// Returns the service with a signing name.
    pub(crate) fn from_signing_name(name: &str) -> Option<Self> {
        match name {
            "apigateway" => Some(Self::ApiGateway),
            "sts" => Some(Self::Sts),
            "ec2" => Some(Self::Ec2),
            "organizations" => Some(Self::Organizations),
            _ => None,
        }
    }
}
