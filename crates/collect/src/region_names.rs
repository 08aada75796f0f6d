//! Which regions a selection means, and which names are known to be regions.

use crate::options::RegionSelection;

/// The regions that need not be asked about (AWS General Reference, "AWS service endpoints"): a name that is not among
/// them may be a newer region or a misspelt one, and AWS is asked which.
const KNOWN: [&str; 46] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-isoe-west-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "us-west-1",
    "us-west-2",
];

/// Tells whether a name is certainly that of a region.
pub(crate) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Returns the region that a name most likely misspells.
pub(crate) fn nearest(name: &str) -> Option<String> {
    census_directory::nearest(name, KNOWN).map(str::to_owned)
}

/// Tells whether a selection means a region by its name; which one is configured, each account knows for itself.
pub(crate) fn is_meant(selection: &RegionSelection, name: &str) -> bool {
    match selection {
        RegionSelection::Configured => false,
        RegionSelection::All => true,
        RegionSelection::Listed(names) => names.iter().any(|listed| listed == name),
        RegionSelection::Matching(patterns) => {
            patterns.iter().any(|pattern| matches(pattern, name))
        }
    }
}

/// Tells whether a name fits a pattern in which `*` stands for any characters.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    // There is one, since `split` gives at least one.
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, fits) in [
            ("eu-*", true),
            ("*-1", true),
            ("*west*", true),
            ("eu-west-1", true),
            ("e*-w*-*", true),
            ("*", true),
            ("eu-w", false),
            ("us-*", false),
            ("*-2", false),
            ("eu-west-1*-1", false),
        ] {
            assert_eq!(matches(pattern, "eu-west-1"), fits, "{pattern}");
        }
    }

    #[test]
    fn a_misspelt_region_has_a_nearest_one() {
        assert!(is_known("eu-west-1") && !is_known("eu-wset-1"));
        assert_eq!(nearest("eu-wset-1").as_deref(), Some("eu-west-1"));
        assert_eq!(nearest("mars"), None);
    }
}
