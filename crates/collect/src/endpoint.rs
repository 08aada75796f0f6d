//! Where a service is reached in a region.

use crate::error::{CollectError, Result};
use crate::partition::Partition;
use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use url::Url;

/// What names a service in endpoints.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Service<'a> {
    /// Its id in overrides: `apigatewayv2` is `AWS_ENDPOINT_URL_APIGATEWAYV2`.
    pub(crate) id: &'a str,
    /// The first label of its host.
    pub(crate) prefix: &'a str,
}

/// Returns scheme, host and leading path, without a slash at the end.
///
/// In the order of AWS's own tools: what the caller says, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`,
/// the profile's `services` section and `endpoint_url`, then the service's own host; FIPS and dual stack
/// as configured (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
///
/// # Errors
/// A configured text that is no address of an HTTP service.
pub(crate) fn endpoint(
    config: &SdkConfig,
    given: Option<&str>,
    service: Service<'_>,
    region: &str,
) -> Result<String> {
    let configured = given.map(str::to_owned).or_else(|| configured(config, service.id));
    if let Some(url) = configured {
        let invalid = || CollectError::InvalidEndpoint {
            service: service.id.to_owned(),
            url: without_user(&url),
        };
        return normal(&url).ok_or_else(invalid);
    }
    let fips = config.use_fips().unwrap_or(false);
    let dual_stack = config.use_dual_stack().unwrap_or(false);
    Ok(own_host(service.prefix, region, fips, dual_stack))
}

/// Leaves out what comes before the host: it may hold a password.
fn without_user(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://***@{host}"),
        _ => url.to_owned(),
    }
}

/// Returns a URL as it will be sent, since the host is part of what is signed.
fn normal(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    // The parser mends `http:///x` into a host "x", which nobody meant.
    let is_meant = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'));
    (is_http && is_bare && is_meant).then(|| url.as_str().trim_end_matches('/').to_owned())
}

fn configured(config: &SdkConfig, service_id: &str) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    let specific = config.service_config().and_then(|services| services.load_config(key));
    specific.or_else(|| config.endpoint_url().map(str::to_owned))
}

fn own_host(prefix: &str, region: &str, fips: bool, dual_stack: bool) -> String {
    let partition = Partition::of_region(region);
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.dns_suffix };
    let fips = if fips { "-fips" } else { "" };
    format!("https://{prefix}{fips}.{region}.{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_follows_partition_fips_and_dual_stack() {
        assert_eq!(
            own_host("apigateway", "eu-west-1", false, false),
            "https://apigateway.eu-west-1.amazonaws.com"
        );
        assert_eq!(
            own_host("apigateway", "cn-north-1", false, false),
            "https://apigateway.cn-north-1.amazonaws.com.cn"
        );
        assert_eq!(
            own_host("apigateway", "us-gov-west-1", true, true),
            "https://apigateway-fips.us-gov-west-1.api.aws"
        );
    }

    #[test]
    fn a_given_endpoint_wins_and_loses_its_last_slash() {
        let config = SdkConfig::builder().endpoint_url("http://configured").build();
        let service = Service { id: "apigatewayv2", prefix: "apigateway" };
        let url = |given| endpoint(&config, given, service, "eu-west-1").unwrap();
        assert_eq!(url(Some("http://given/")), "http://given");
        assert_eq!(url(None), "http://configured");
    }

    #[test]
    fn an_endpoint_is_written_as_it_is_signed() {
        assert_eq!(normal("http://LOCALHOST:80/Base/").as_deref(), Some("http://localhost/Base"));
        assert_eq!(normal("https://x:8443").as_deref(), Some("https://x:8443"));
    }

    #[test]
    fn a_password_is_not_repeated() {
        assert_eq!(without_user("http://user:secret@x/y"), "http://***@x/y");
        assert_eq!(without_user("x@y"), "x@y");
    }

    #[test]
    fn what_is_no_address_of_a_service_is_refused() {
        for text in [
            "localhost:4566",
            "foo",
            "",
            "http://",
            "http:///x",
            "http:x",
            "ftp://x",
            "http://x?y=1",
            "http://x#y",
            "http://user:password@x",
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}
