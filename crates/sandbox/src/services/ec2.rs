//! EC2: `DescribeRegions`, and nothing else of it.

use super::authentication::Caller;
use crate::inventory::Inventory;
use crate::wire::{Answer, Received, Refusal, Service, find};
use std::fmt::Write;

/// Answers a call.
pub(crate) fn answer(inventory: &Inventory, received: &Received, caller: &Caller) -> Answer {
    let form = received.form();
    let action = find(&form, "Action").unwrap_or_default();
    if action != "DescribeRegions" {
        let message = format!("The action {action} is not valid for this web service.");
        return Refusal::new(400, "InvalidAction", message).into_answer(Service::Ec2);
    }
    let all = find(&form, "AllRegions") == Some("true");
    let mut items = String::new();
    for region in &inventory.regions {
        let name = &region.name;
        let enabled = inventory.is_enabled(&caller.account_id, name);
        if !enabled && !all {
            continue;
        }
        let status = match (region.opt_in, enabled) {
            (false, _) => "opt-in-not-required",
            (true, true) => "opted-in",
            (true, false) => "not-opted-in",
        };
        // Writing to a String cannot fail.
        let _ = write!(
            items,
            "<item><regionName>{name}</regionName>\
             <regionEndpoint>ec2.{name}.amazonaws.com</regionEndpoint>\
             <optInStatus>{status}</optInStatus></item>"
        );
    }
    Answer::xml(
        200,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <requestId>sandbox</requestId><regionInfo>{items}</regionInfo>\
             </DescribeRegionsResponse>"
        ),
    )
}
