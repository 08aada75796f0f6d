//! The partition of a region: its name in ARNs and the domains its endpoints end in.

/// A partition of AWS (botocore, `partitions.json`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Partition {
    /// The second field of an ARN.
    pub(crate) name: &'static str,
    /// What hosts end in.
    pub(crate) dns_suffix: &'static str,
    /// What hosts reachable over IPv4 and IPv6 end in.
    pub(crate) dual_stack_suffix: &'static str,
    /// A region to ask when no other is known.
    pub(crate) home: &'static str,
    /// The region that speaks for Organizations.
    pub(crate) organizations: &'static str,
}

/// Region prefix → partition; the first that fits wins, and no prefix at all is the commercial one.
const PARTITIONS: [(&str, Partition); 8] = [
    (
        "cn-",
        partition(
            "aws-cn",
            "amazonaws.com.cn",
            "api.amazonwebservices.com.cn",
            "cn-north-1",
            "cn-northwest-1",
        ),
    ),
    (
        "us-gov-",
        partition("aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1", "us-gov-west-1"),
    ),
    (
        "us-isob-",
        partition(
            "aws-iso-b",
            "sc2s.sgov.gov",
            "api.aws.scloud",
            "us-isob-east-1",
            "us-isob-east-1",
        ),
    ),
    (
        "us-isof-",
        partition(
            "aws-iso-f",
            "csp.hci.ic.gov",
            "api.aws.hci.ic.gov",
            "us-isof-south-1",
            "us-isof-south-1",
        ),
    ),
    (
        "us-iso-",
        partition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1", "us-iso-east-1"),
    ),
    (
        "eu-isoe-",
        partition(
            "aws-iso-e",
            "cloud.adc-e.uk",
            "api.cloud-aws.adc-e.uk",
            "eu-isoe-west-1",
            "eu-isoe-west-1",
        ),
    ),
    (
        "eusc-",
        partition(
            "aws-eusc",
            "amazonaws.eu",
            "api.amazonwebservices.eu",
            "eusc-de-east-1",
            "eusc-de-east-1",
        ),
    ),
    ("", partition("aws", "amazonaws.com", "api.aws", "us-east-1", "us-east-1")),
];

const fn partition(
    name: &'static str,
    dns_suffix: &'static str,
    dual_stack_suffix: &'static str,
    home: &'static str,
    organizations: &'static str,
) -> Partition {
    Partition { name, dns_suffix, dual_stack_suffix, home, organizations }
}

impl Partition {
    /// Returns the partition a region lies in.
    pub(crate) fn of_region(region: &str) -> Self {
        PARTITIONS
            .iter()
            .find(|(prefix, _)| region.starts_with(prefix))
            .map_or(PARTITIONS[PARTITIONS.len() - 1].1, |(_, partition)| *partition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_names_its_partition() {
        for (region, name) in [
            ("eu-west-1", "aws"),
            ("us-gov-east-1", "aws-us-gov"),
            ("cn-northwest-1", "aws-cn"),
            ("us-iso-west-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-east-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("mx-central-1", "aws"),
        ] {
            assert_eq!(Partition::of_region(region).name, name, "{region}");
        }
    }
}
