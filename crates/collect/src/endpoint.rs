//! Where a service is reached in a region.

use crate::partition::Partition;
use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

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
pub(crate) fn endpoint(
    config: &SdkConfig,
    given: Option<&str>,
    service: Service<'_>,
    region: &str,
) -> String {
    let configured = given.map(str::to_owned).or_else(|| configured(config, service.id));
    if let Some(url) = configured {
        return url.trim_end_matches('/').to_owned();
    }
    let fips = config.use_fips().unwrap_or(false);
    let dual_stack = config.use_dual_stack().unwrap_or(false);
    own_host(service.prefix, region, fips, dual_stack)
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
        assert_eq!(endpoint(&config, Some("http://given/"), service, "eu-west-1"), "http://given");
        assert_eq!(endpoint(&config, None, service, "eu-west-1"), "http://configured");
    }
}
