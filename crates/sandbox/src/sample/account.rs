//! Which account holds what where.

use super::build::{Builder, object};
use super::fault::SampleFault;
use super::identifier::id_of;
use super::spec::{Api as ApiSpec, Pairs};
use super::{orders, payments, support, telemetry, trading};
use crate::inventory::{
    AccessKey, Account, DomainName, Inventory, KnownRegion, OrganizationalUnit, Region, Role,
};
use serde_json::{Value, json};

const PAYMENTS: &str = "111122223333";
const SUPPORT: &str = "444455556666";

/// Regions that exist, with whether one has to opt in; only the first three hold anything.
const REGIONS: &[(&str, bool)] = &[
    ("ap-southeast-2", false),
    ("eu-central-1", false),
    ("eu-west-1", false),
    ("me-south-1", true),
    ("us-east-1", false),
    ("us-west-2", false),
];

/// APIs by account and region.
const PLACES: &[(&str, &str, &[&ApiSpec])] = &[
    (
        PAYMENTS,
        "us-east-1",
        &[
            &trading::FEED,
            &payments::LIVE_STATUS,
            &orders::TRACKING,
            &payments::PUBLIC_API,
            &payments::WEBHOOKS,
        ],
    ),
    (PAYMENTS, "eu-west-1", &[&payments::LIVE_STATUS, &trading::AUCTION, &payments::FRAUD_SIGNALS]),
    (PAYMENTS, "ap-southeast-2", &[&telemetry::FLEET]),
    (SUPPORT, "us-east-1", &[&support::DESK, &support::KNOWLEDGE, &support::PRESENCE]),
    (SUPPORT, "eu-west-1", &[&support::TICKETS, &support::NOTICES, &support::DESK]),
];

/// A custom domain name: account, region, name, AWS tags, and (API, stage, key) of its mappings.
type Domain = (
    &'static str,
    &'static str,
    &'static str,
    Pairs,
    &'static [(&'static str, &'static str, &'static str)],
);

const DOMAINS: &[Domain] = &[
    (
        PAYMENTS,
        "us-east-1",
        "ws.payments.example.com",
        &[("team", "Payments, Risk & Ledger"), ("Managed By", "terraform")],
        &[("payments-live-status", "prod", ""), ("trading-feed", "live", "feed")],
    ),
    (
        PAYMENTS,
        "us-east-1",
        "api.payments.example.com",
        &[("team", "Edge")],
        &[("payments-public-api", "$default", "v1"), ("merchant-webhooks", "$default", "hooks")],
    ),
    (
        SUPPORT,
        "eu-west-1",
        "hilfe.support.example.de",
        &[],
        &[("support-desk-chat", "staging", "")],
    ),
];

/// VPC links: account, region, name, AWS tags, status.
const VPC_LINKS: &[(&str, &str, &str, Pairs, &str)] = &[
    (
        PAYMENTS,
        "us-east-1",
        "ledger-private",
        &[("team", "Ledger, Core"), ("region", "us-east-1a")],
        "AVAILABLE",
    ),
    (SUPPORT, "us-east-1", "kb-private", &[], "INACTIVE"),
];

/// Organizational units: id, name, the unit above, and accounts.
type Unit = (&'static str, &'static str, Option<&'static str>, &'static [&'static str]);

const UNITS: &[Unit] = &[
    ("ou-sand-workloads", "Workloads", None, &[]),
    ("ou-sand-production", "Production", Some("ou-sand-workloads"), &[PAYMENTS]),
    ("ou-sand-staging", "Staging", Some("ou-sand-workloads"), &[SUPPORT]),
];

fn unit((id, name, parent, accounts): &Unit) -> OrganizationalUnit {
    OrganizationalUnit {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        parent: parent.map(str::to_owned),
        accounts: accounts.iter().map(|&account| account.to_owned()).collect(),
    }
}

/// Makes the sample and lists its faults.
pub(super) fn build() -> (Inventory, Vec<SampleFault>) {
    let mut inventory = Inventory {
        regions: REGIONS
            .iter()
            .map(|(name, opt_in)| KnownRegion { name: (*name).to_owned(), opt_in: *opt_in })
            .collect(),
        management_account: Some(PAYMENTS.to_owned()),
        organizational_units: UNITS.iter().map(unit).collect(),
        ..Inventory::default()
    };
    let payments = account("payments-prod", "AKIASANDBOXPAYMENTS1", "sandbox-payments-secret");
    let support = account("support-staging", "AKIASANDBOXSUPPORTS1", "sandbox-support-secret");
    inventory.accounts.insert(PAYMENTS.to_owned(), payments);
    inventory.accounts.insert(SUPPORT.to_owned(), support);
    let mut faults = Vec::new();
    for (account_id, region, specs) in PLACES {
        let mut builder = Builder { account_id, region, faults: &mut faults };
        let apis = specs.iter().map(|spec| builder.api(spec)).collect();
        inventory.region_mut(account_id, region).apis = apis;
    }
    for domain in DOMAINS {
        let held = inventory.region_mut(domain.0, domain.1);
        let name = domain_name(domain, held);
        held.domain_names.push(name);
    }
    for (account_id, region, name, tags, status) in VPC_LINKS {
        let link = vpc_link(name, tags, status);
        inventory.region_mut(account_id, region).vpc_links.push(link);
    }
    (inventory, faults)
}

fn account(name: &str, key: &str, secret: &str) -> Account {
    Account {
        name: name.to_owned(),
        access_keys: vec![AccessKey {
            id: key.to_owned(),
            secret: secret.to_owned(),
            user: "census".to_owned(),
        }],
        roles: vec![Role { name: "CensusReader".to_owned(), external_id: None }],
        ..Account::default()
    }
}

fn domain_name((account_id, region, name, tags, mappings): &Domain, held: &Region) -> DomainName {
    let api_id = |wanted: &str| -> Value {
        let api = held.apis.iter().find(|api| api.item["name"] == wanted);
        api.map(|api| api.item["apiId"].clone()).unwrap_or_default()
    };
    let mut item = json!({
        "apiMappingSelectionExpression": "$request.basepath",
        "domainName": name,
        "domainNameArn": format!("arn:aws:apigateway:{region}::/domainnames/{name}"),
        "domainNameConfigurations": [{
            "apiGatewayDomainName": format!("d-{}.execute-api.{region}.amazonaws.com", id_of(10, name)),
            "domainNameStatus": "AVAILABLE",
            "endpointType": "REGIONAL",
            "securityPolicy": "TLS_1_2",
        }],
        "routingMode": "API_MAPPING_ONLY",
    });
    if !tags.is_empty() {
        item["tags"] = object(tags);
    }
    let mut domain = DomainName { item, ..DomainName::default() };
    for (index, (api, stage, key)) in mappings.iter().enumerate() {
        domain.api_mappings.push(json!({
            "apiId": api_id(api),
            "apiMappingId": id_of(6, &format!("{name}/mappings/{key}")),
            "apiMappingKey": key,
            "stage": stage,
        }));
        if key.is_empty() {
            continue;
        }
        domain.item["routingMode"] = json!("ROUTING_RULE_THEN_API_MAPPING");
        let rule_id = id_of(6, &format!("{name}/rules/{key}"));
        domain.routing_rules.push(json!({
            "actions": [{ "invokeApi": { "apiId": api_id(api), "stage": stage } }],
            "conditions": [{ "matchBasePaths": { "anyOf": [key] } }],
            "priority": (index + 1) * 100,
            "routingRuleArn": format!(
                "arn:aws:apigateway:{region}:{account_id}:/domainnames/{name}/routingrules/{rule_id}"
            ),
            "routingRuleId": rule_id,
        }));
    }
    domain
}

fn vpc_link(name: &str, tags: Pairs, status: &str) -> Value {
    let mut item = json!({
        "createdDate": "2024-04-01T12:00:00Z",
        "name": name,
        "securityGroupIds": [format!("sg-{}", id_of(8, name))],
        "subnetIds": [format!("subnet-{}", id_of(8, name)), format!("subnet-{}", id_of(7, name))],
        "vpcLinkId": id_of(6, name),
        "vpcLinkStatus": status,
        "vpcLinkStatusMessage": "VPC link is ready to route traffic",
        "vpcLinkVersion": "V2",
    });
    if !tags.is_empty() {
        item["tags"] = object(tags);
    }
    item
}
