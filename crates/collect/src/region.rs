//! The regions of an account (EC2 `DescribeRegions`).

use crate::call::Caller;
use crate::failure::{Failure, FailureKind};
use crate::sign::{Body, Request};
use crate::transport::Answer;
use crate::xml::Leaves;
use tokio::sync::OnceCell;

/// A region and whether the account may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountRegion {
    /// For example `eu-west-1`.
    pub(crate) name: String,
    /// Whether it needs no opting in or has been opted in to.
    pub(crate) enabled: bool,
}

/// What a region is to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may be used.
    Enabled,
    /// The account has to opt in to it.
    NotEnabled,
    /// The account's partition has none of this name.
    Unheard,
}

/// Tells which regions an account may use; asks EC2 once, when it is first asked itself.
pub(crate) struct RegionCheck {
    caller: Caller,
    endpoint: String,
    listed: OnceCell<Result<Vec<AccountRegion>, Failure>>,
}

impl RegionCheck {
    /// Asks through this caller, whose region must be one that the account may use.
    pub(crate) fn new(caller: Caller, endpoint: String) -> Self {
        Self { caller, endpoint, listed: OnceCell::new() }
    }

    /// Returns every region of the partition, sorted by name.
    ///
    /// # Errors
    /// The call's, among them denied access to `ec2:DescribeRegions`.
    pub(crate) async fn all(&self) -> Result<&[AccountRegion], &Failure> {
        let listed =
            self.listed.get_or_init(|| describe_regions(&self.caller, &self.endpoint)).await;
        listed.as_deref()
    }

    /// Tells what a region is to the account; `None` where that cannot be learnt.
    pub(crate) async fn standing(&self, name: &str) -> Option<Standing> {
        let regions = self.all().await.ok()?;
        Some(match regions.iter().find(|region| region.name == name) {
            Some(region) if region.enabled => Standing::Enabled,
            Some(_) => Standing::NotEnabled,
            None => Standing::Unheard,
        })
    }
}

/// Lists every region of the partition, enabled or not, by name.
///
/// # Errors
/// The call's, among them denied access to `ec2:DescribeRegions`.
async fn describe_regions(caller: &Caller, endpoint: &str) -> Result<Vec<AccountRegion>, Failure> {
    let request = Request {
        method: reqwest::Method::POST,
        url: format!("{endpoint}/"),
        body: Body::Form("Action=DescribeRegions&AllRegions=true&Version=2016-11-15".to_owned()),
        region: caller.region.clone(),
        signing_name: "ec2".to_owned(),
    };
    caller.call(&request, read).await.0
}

fn read(answer: &Answer) -> Result<Vec<AccountRegion>, Failure> {
    if !answer.status.is_success() {
        return Err(Failure::of_xml(answer.status, &answer.headers, &answer.body));
    }
    let nonsense = |what: &str| {
        let message = format!("the answer to DescribeRegions {what}");
        Failure::new(FailureKind::Unavailable, message).with_code("MalformedAnswer")
    };
    // Half a list would leave regions out as if there were none of them.
    let leaves = Leaves::read(&answer.body)
        .filter(|leaves| leaves.root == "DescribeRegionsResponse")
        .ok_or_else(|| nonsense("is not EC2's, or breaks off"))?;
    let regions = regions(&leaves.texts).ok_or_else(|| nonsense("holds an item without a name"))?;
    if regions.is_empty() {
        return Err(nonsense("holds no region"));
    }
    Ok(regions)
}

/// Returns the regions, sorted; `None` where one has no name.
fn regions(texts: &[(String, String)]) -> Option<Vec<AccountRegion>> {
    let mut regions: Vec<AccountRegion> = Vec::new();
    // The members of an item come in no promised order; AWS puts the status before or after the name.
    let (mut region_name, mut enabled) = (None, true);
    for (name, text) in texts {
        match name.as_str() {
            "optInStatus" => enabled = text != "not-opted-in",
            "regionName" => region_name = Some(text.clone()).filter(|name| !name.is_empty()),
            "/item" => {
                regions.push(AccountRegion { name: region_name.take()?, enabled });
                enabled = true;
            }
            _ => {}
        }
    }
    regions.sort_by(|left, right| left.name.cmp(&right.name));
    Some(regions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    fn answer(status: StatusCode, body: &str) -> Answer {
        Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
    }

    const REGIONS: &str = "<?xml version=\"1.0\"?><DescribeRegionsResponse xmlns=\"http://ec2\"><requestId>1</requestId>
        <regionInfo>
          <item><regionName>us-east-1</regionName><regionEndpoint>x</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>
          <item><optInStatus>not-opted-in</optInStatus><regionName>af-south-1</regionName></item>
          <item><regionName>me-south-1</regionName><optInStatus>opted-in</optInStatus></item>
          <item><regionName>eu-west-1</regionName></item>
        </regionInfo></DescribeRegionsResponse>";

    #[test]
    fn only_opted_out_regions_are_not_enabled() {
        let regions = read(&answer(StatusCode::OK, REGIONS)).unwrap();
        let told: Vec<_> =
            regions.iter().map(|region| (region.name.as_str(), region.enabled)).collect();
        assert_eq!(
            told,
            [("af-south-1", false), ("eu-west-1", true), ("me-south-1", true), ("us-east-1", true)]
        );
    }

    #[test]
    fn denied_access_keeps_its_code() {
        let body = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>";
        let failure = read(&answer(StatusCode::FORBIDDEN, body)).unwrap_err();
        assert_eq!(
            (failure.kind, failure.to_string().as_str()),
            (FailureKind::Denied, "no (UnauthorizedOperation)")
        );
    }

    #[test]
    fn an_answer_without_regions_is_no_list() {
        assert!(read(&answer(StatusCode::OK, "<html></html>")).is_err());
        assert!(read(&answer(StatusCode::OK, "{}")).is_err());
    }

    #[test]
    fn half_a_list_is_no_list_wherever_it_breaks_off() {
        for end in 1..REGIONS.len() {
            let Some(half) = REGIONS.get(..end) else { continue };
            assert!(read(&answer(StatusCode::OK, half)).is_err(), "{half}");
        }
    }

    #[test]
    fn a_list_of_another_service_or_with_a_nameless_item_is_no_list() {
        let foreign = REGIONS.replace("DescribeRegionsResponse", "DescribeZonesResponse");
        let nameless = REGIONS.replace("<regionName>me-south-1</regionName>", "");
        for body in [foreign, nameless] {
            let failure = read(&answer(StatusCode::OK, &body)).unwrap_err();
            assert_eq!(failure.code.as_deref(), Some("MalformedAnswer"));
        }
    }
}
