//! `census.findings` over the sandbox's accounts, collected by the real collector: what is wrong there is found, and
//! nothing else.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod support;

use async_trait::async_trait;
use census_collect::{
    AccountSource, CollectOptions, Collector, NoProgress, RegionSelection, Sink, StaticCredentials,
};
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use census_engine::{Engine, Session, rules_not_judged};
use census_error::Result;
use census_sandbox::{Effect, FaultRule, Inventory, Sandbox, SandboxOptions};
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use datafusion::arrow::record_batch::RecordBatch;
use std::collections::BTreeSet;
use std::sync::Arc;

struct Recording(Recorder);

#[async_trait]
impl Sink for Recording {
    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> Result<()> {
        self.0.rows(scope, rows).await
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> Result<()> {
        self.0.finish(scope, report).await
    }
}

/// Returns a session on what was collected of an inventory.
async fn collected(inventory: Inventory, faults: Vec<FaultRule>) -> Session {
    let sandbox = Sandbox::start(SandboxOptions::new(inventory).quota(None)).await.unwrap();
    sandbox.set_faults(faults);
    let accounts = sandbox.change(|inventory| {
        let keys = inventory.accounts.values().flat_map(|account| &account.access_keys);
        let credentials = keys.map(|key| StaticCredentials {
            access_key_id: key.id.clone(),
            secret_access_key: key.secret.clone(),
            session_token: None,
        });
        credentials.map(AccountSource::Static).collect()
    });
    let directory = Arc::new(Directory::builtin().clone());
    let store = Store::open_or_create("memory:").await.unwrap();
    let recorder =
        store.recorder(&directory, RunInfo::new(Vec::new(), Vec::new(), Vec::new())).await.unwrap();
    let sink = Arc::new(Recording(recorder));
    let options = CollectOptions {
        accounts,
        regions: RegionSelection::All,
        endpoint_url: Some(sandbox.url()),
        quota: None,
        ..CollectOptions::default()
    };
    let collector = Collector::new(options, Arc::clone(&directory)).unwrap();
    collector.run(sink.clone(), Arc::new(NoProgress)).await.unwrap();
    sink.0.close(RunOutcome::Finished).await.unwrap();
    sandbox.stop().await;
    Engine::new(Arc::new(store), directory).session()
}

/// The key of a fault; rows have no order in a store, so that it is not known which of two equal keys is the second.
fn place(key: &str, rule: &str) -> String {
    let integration =
        key.split("/integrationresponses/").next().filter(|_| rule == "IR-KEY-DUPLICATE");
    integration.unwrap_or(key).to_owned()
}

/// Account, key and rule of what is found, but for what is good to know.
async fn found(session: &Session) -> Vec<(String, String, String)> {
    let sql = "SELECT account_id, _key, rule FROM census.findings WHERE severity <> 'information'";
    let rows = support::texts(session, sql).await.unwrap();
    let mut found: Vec<(String, String, String)> = rows
        .into_iter()
        .map(|row| (row[0].clone(), place(&row[1], &row[2]), row[2].clone()))
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn what_is_wrong_in_the_sandbox_is_found_and_nothing_else() {
    let session = collected(Inventory::sample(), Vec::new()).await;
    let answer = session.query("SELECT 1 FROM census.findings").await.unwrap();
    let not_judged: BTreeSet<&str> = rules_not_judged(&answer.completeness).into_iter().collect();
    let mut expected: Vec<(String, String, String)> = Inventory::sample_faults()
        .into_iter()
        .filter(|fault| !not_judged.contains(fault.rule))
        .map(|fault| (fault.account_id, place(&fault.key, fault.rule), fault.rule.to_owned()))
        .collect();
    expected.sort();
    assert_eq!(found(&session).await, expected);
}

#[tokio::test]
async fn nothing_is_inferred_from_lists_that_could_not_be_read() {
    let denied = FaultRule::new(Effect::Denied).operation("GetRoutes");
    let session = collected(Inventory::sample(), vec![denied]).await;
    let rules = support::texts(
        &session,
        "SELECT DISTINCT rule FROM census.findings WHERE rule IN \
         ('IR-NONE', 'IR-UNUSED', 'IR-INEFFECTIVE-ONE-WAY', 'RP-UNOBSERVABLE', 'RR-MISSING', 'RR-EXPRESSION-MISSING')",
    );
    assert_eq!(rules.await.unwrap(), Vec::<Vec<String>>::new());
}

#[tokio::test]
async fn findings_are_limited_joined_and_filtered() {
    let session = collected(Inventory::sample(), Vec::new()).await;
    let some = "SELECT count(*) FROM (SELECT 1 FROM census.findings LIMIT 5) AS some";
    assert_eq!(support::texts(&session, some).await.unwrap(), [["5"]]);
    let joined = "SELECT DISTINCT f.rule, r.tags->'integration_response_key' FROM census.findings f \
        JOIN aws.apigatewayv2_integrationresponse r ON r._key = f._key AND r.account_id = f.account_id \
        WHERE f.rule = 'RT-SECRET'";
    assert_eq!(support::texts(&session, joined).await.unwrap(), [["RT-SECRET", "/402/"]]);
    let route = "SELECT f.rule FROM census.findings f JOIN aws.apigatewayv2_route r USING (_key, account_id) \
        WHERE r.tags->'route_key' = 'refresh'";
    assert_eq!(support::texts(&session, route).await.unwrap(), [["RR-MISSING"]]);
}
