//! Integration responses of an organisation: 40 accounts, 5 regions, APIs tagged as their owners tag them.

use anyhow::Context;
use census_directory::Dataset;
use census_directory::scope::Scope;
use census_types::hstore::HstoreBuilder;
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray, StringBuilder};
use std::sync::Arc;

/// The dataset that is asked.
pub const DATASET: &str = "aws.apigatewayv2_integrationresponse";

const ACCOUNTS: usize = 40;
/// Regions, and how much of an account is in each (percent).
const REGIONS: [(&str, usize); 5] = [
    ("us-east-1", 40),
    ("eu-west-1", 25),
    ("us-west-2", 15),
    ("eu-central-1", 15),
    ("ap-southeast-2", 5),
];
const DOMAINS: [&str; 20] = [
    "payments",
    "orders",
    "search",
    "identity",
    "billing",
    "catalog",
    "shipping",
    "risk",
    "ledger",
    "markets",
    "support",
    "messaging",
    "media",
    "growth",
    "fraud",
    "pricing",
    "checkout",
    "inventory",
    "telemetry",
    "platform",
];
const CRAFTS: [&str; 15] = [
    "core", "api", "web", "mobile", "data", "infra", "edge", "tools", "ops", "batch", "stream",
    "partners", "emea", "apac", "labs",
];
const ENVIRONMENTS: [&str; 4] = ["production", "staging", "development", "sandbox"];
const KEYS: [&str; 8] = [
    "$default",
    r"/4\d\d/",
    r"/5\d\d/",
    "/.*[Tt]imed? ?out.*/",
    "/.*AccessDenied.*/",
    "/429/",
    "/.*Throttl.*/",
    r"/2\d\d/",
];

/// The rows of one account and region.
pub struct ScopeRows {
    /// Where they were found.
    pub scope: Scope,
    /// The rows in the dataset's columns.
    pub rows: RecordBatch,
}

/// Returns this many rows, scope by scope; the same in every run.
pub fn scopes(dataset: &Dataset, rows: usize) -> impl Iterator<Item = anyhow::Result<ScopeRows>> {
    (0..ACCOUNTS).flat_map(move |account| {
        let account_rows = share(rows, account, ACCOUNTS);
        let mut ends = 0;
        let mut begun = 0;
        REGIONS.iter().enumerate().map(move |(place, (region, percent))| {
            ends += percent;
            let wanted = account_rows * ends / 100 - begun;
            begun += wanted;
            scope_rows(dataset, account * REGIONS.len() + place, region, wanted)
        })
    })
}

/// Returns how many of `whole` fall to one of `parts` parts.
fn share(whole: usize, part: usize, parts: usize) -> usize {
    whole * (part + 1) / parts - whole * part / parts
}

fn scope_rows(
    dataset: &Dataset,
    number: usize,
    region: &str,
    rows: usize,
) -> anyhow::Result<ScopeRows> {
    let account_id = format!("{:012}", 100_000_000_000 + number / REGIONS.len() * 7_919);
    let mut columns = Columns::default();
    let mut written = 0;
    for place in 0_usize.. {
        if written == rows {
            break;
        }
        let api = Api::new(mixed(number << 20 | place), region);
        for integration in 0..5 + api.seed % 16 {
            let seed = mixed(api.seed << 8 | integration);
            for response in 0..3 + seed % 6 {
                if written == rows {
                    break;
                }
                columns.push(&account_id, &api, seed, mixed(seed << 8 | response));
                written += 1;
            }
        }
    }
    let scope = Scope { account_id, region: region.to_owned(), dataset: dataset.id.clone() };
    Ok(ScopeRows { scope, rows: columns.finish(dataset)? })
}

/// An API and the tags that its rows have from it.
struct Api {
    seed: usize,
    id: String,
    region: String,
    tags: Vec<(&'static str, String)>,
}

impl Api {
    fn new(seed: usize, region: &str) -> Self {
        let id = identifier(seed, 10);
        let team = format!("{}-{}", pick(&DOMAINS, seed >> 3), pick(&CRAFTS, seed >> 11));
        let name = format!("{}-{}", pick(&DOMAINS, seed >> 3), identifier(seed >> 5, 4));
        let mut tags = vec![
            ("region", region.to_owned()),
            ("api_id", id.clone()),
            ("api_name", name.clone()),
            ("environment", pick(&ENVIRONMENTS, seed >> 17).to_owned()),
            ("cost-center", format!("CC-{:04}", seed % 640)),
            ("owner", format!("{team}@example.com")),
            ("aws:cloudformation:stack-name", format!("{name}-stack")),
        ];
        // Not everybody tags everything.
        if !seed.is_multiple_of(20) {
            tags.push(("team", team));
        }
        let mut api = Self { seed, id, region: region.to_owned(), tags };
        if seed.is_multiple_of(97) {
            // A tag of the owner's beside ours of the same key.
            api.tags[0].1 = format!("global,{region}");
        }
        api
    }
}

/// The columns of the dataset that have values.
#[derive(Default)]
struct Columns {
    key: StringBuilder,
    account_id: StringBuilder,
    content_handling_strategy: StringBuilder,
    integration_response_id: StringBuilder,
    response_parameters: HstoreBuilder,
    response_templates: HstoreBuilder,
    tags: HstoreBuilder,
    template_selection_expression: StringBuilder,
}

impl Columns {
    fn push(&mut self, account_id: &str, api: &Api, integration: usize, seed: usize) {
        let (integration, response) = (identifier(integration, 7), identifier(seed, 6));
        self.key.append_value(format!(
            "arn:aws:apigateway:{}::/apis/{}/integrations/{integration}/integrationresponses/{response}",
            api.region, api.id
        ));
        self.account_id.append_value(account_id);
        self.content_handling_strategy
            .append_option(seed.is_multiple_of(9).then_some("CONVERT_TO_TEXT"));
        self.integration_response_id.append_value(&response);
        let parameters = [
            ("method.response.header.X-Request-Id", "integration.response.header.x-request-id"),
            ("method.response.header.Cache-Control", "'no-store'"),
        ];
        self.response_parameters
            .append(parameters.iter().take(seed % 3).map(|(key, value)| (*key, Some(*value))));
        let template = seed
            .is_multiple_of(4)
            .then_some(("application/json", Some(r#"{"message": $input.json('$.errorMessage')}"#)));
        self.response_templates.append(template);
        let own = [
            ("integration_id", integration.as_str()),
            ("integration_response_key", pick(&KEYS, seed >> 7)),
        ];
        let inherited = api.tags.iter().map(|(key, value)| (*key, value.as_str()));
        self.tags.append(inherited.chain(own).map(|(key, value)| (key, Some(value))));
        self.template_selection_expression
            .append_option(seed.is_multiple_of(5).then_some("${integration.response.statuscode}"));
    }

    fn finish(mut self, dataset: &Dataset) -> anyhow::Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = Vec::new();
        let schema = dataset.schema();
        for field in schema.fields() {
            let column: ArrayRef = match field.name().as_str() {
                "_key" => Arc::new(StringArray::from(self.key.finish())),
                "account_id" => Arc::new(self.account_id.finish()),
                "content_handling_strategy" => Arc::new(self.content_handling_strategy.finish()),
                "integration_response_id" => Arc::new(self.integration_response_id.finish()),
                "response_parameters" => {
                    Arc::new(std::mem::take(&mut self.response_parameters).finish())
                }
                "response_templates" => {
                    Arc::new(std::mem::take(&mut self.response_templates).finish())
                }
                "tags" => Arc::new(std::mem::take(&mut self.tags).finish()),
                "template_selection_expression" => {
                    Arc::new(self.template_selection_expression.finish())
                }
                other => anyhow::bail!("no values are made for column {other}"),
            };
            columns.push(column);
        }
        RecordBatch::try_new(schema, columns).context("the columns do not fit the dataset")
    }
}

fn pick<'a>(items: &[&'a str], seed: usize) -> &'a str {
    items[seed % items.len()]
}

/// Returns an id as API Gateway makes them.
fn identifier(seed: usize, length: usize) -> String {
    let letters = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = mixed(seed);
    let mut id = String::with_capacity(length);
    for _ in 0..length {
        id.push(char::from(letters[rest % letters.len()]));
        rest /= letters.len();
    }
    id
}

/// Returns a number that looks random (the finaliser of SplitMix64), halved so that it can be shifted.
fn mixed(seed: usize) -> usize {
    let mut mixed = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) >> 12).unwrap_or_default()
}
