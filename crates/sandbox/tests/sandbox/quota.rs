//! The management quota.

use crate::client::Client;
use census_sandbox::{Clock, Inventory, Quota, Sandbox, SandboxOptions};
use std::time::Duration;

#[tokio::test]
async fn the_call_after_the_burst_is_throttled_until_a_tenth_of_a_second_has_passed() {
    let options = SandboxOptions::new(Inventory::sample()).clock(Clock::manual());
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = Client::payments(&sandbox, "us-east-1");
    for _ in 0..Quota::AWS.burst {
        assert_eq!(client.get("/v2/apis").await.status, 200);
    }
    let reply = client.get("/v2/vpclinks").await;
    assert_eq!(reply.status, 429);
    assert_eq!(reply.header("x-amzn-errortype"), "TooManyRequestsException");
    assert_eq!(reply.json()["message"], "Too Many Requests");
    assert_eq!(reply.json()["limitType"], "Account");

    let elsewhere = Client::payments(&sandbox, "eu-west-1");
    assert_eq!(elsewhere.get("/v2/apis").await.status, 200);

    sandbox.clock().advance(Duration::from_millis(100));
    assert_eq!(client.get("/v2/apis").await.status, 200);
    assert_eq!(client.get("/v2/apis").await.status, 429);

    sandbox.set_quota(None);
    assert_eq!(client.get("/v2/apis").await.status, 200);
}
