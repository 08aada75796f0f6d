//! `tags->'key'` gives the same from the column that keeps the tag and from the map.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod support;

use census_directory::Directory;
use census_directory::scope::{Outcome, Scope};
use census_engine::Engine;
use census_store::{RunInfo, RunOutcome, Store};
use std::path::Path;
use std::sync::Arc;
use support::{Rows, texts};

const DATASET: &str = "aws.apigatewayv2_integrationresponse";

async fn plan(sql: &str) -> String {
    let session = support::session().await;
    let lines = texts(&session, &format!("EXPLAIN {sql}")).await.unwrap();
    lines.concat().concat()
}

#[tokio::test]
async fn a_filter_on_a_kept_tag_skips_files() {
    let elsewhere = format!("SELECT _key FROM {DATASET} WHERE tags->'region' = 'us-east-1'");
    assert!(!plan(&elsewhere).await.contains(".parquet"));
    let here = format!("SELECT _key FROM {DATASET} WHERE tags->'region' = 'eu-west-1'");
    let plan = plan(&here).await;
    assert!(plan.contains("predicate=") && plan.contains("region"), "{plan}");
}

#[tokio::test]
async fn a_key_is_read_within_the_scan() {
    let sql = format!("SELECT tags->'team', count(*) FROM {DATASET} GROUP BY 1");
    let plan = plan(&sql).await;
    let scan = plan.split("DataSourceExec").nth(1).unwrap_or_default();
    assert!(scan.contains("projection=[__hstore_get(tags"), "{plan}");
}

/// The directory as it was before a tag was kept.
fn before_the_key_was_kept() -> Directory {
    let folder = tempfile::tempdir().unwrap();
    let sources =
        Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../directory/aws");
    std::fs::create_dir(folder.path().join("aws")).unwrap();
    for source in std::fs::read_dir(sources).unwrap() {
        let source = source.unwrap().path();
        let text = std::fs::read_to_string(&source).unwrap();
        let text = text
            .replace("[tags.members]\nintegration_response_key = \"integrationResponseKey\"\n", "");
        std::fs::write(folder.path().join("aws").join(source.file_name().unwrap()), text).unwrap();
    }
    Directory::load(folder.path()).unwrap()
}

async fn collect(store: &Store, directory: &Directory, region: &str, rows: Rows) {
    let run = RunInfo::new(vec!["111122223333".to_owned()], Vec::new(), Vec::new());
    let recorder = store.recorder(directory, run).await.unwrap();
    let scope = Scope {
        account_id: "111122223333".to_owned(),
        region: region.to_owned(),
        dataset: DATASET.to_owned(),
    };
    recorder.rows(&scope, support::batch(directory, DATASET, rows)).await.unwrap();
    recorder.finish(&scope, support::report(Outcome::Complete)).await.unwrap();
    recorder.close(RunOutcome::Finished).await.unwrap();
}

#[tokio::test]
async fn files_from_before_a_tag_was_kept_give_it_from_their_maps() {
    let columns = &["_key", "account_id", "tags"];
    let store = Store::open_or_create("memory:").await.unwrap();
    let older: Rows = (
        columns,
        &[
            &[
                Some("k1"),
                Some("111122223333"),
                Some("region=>eu-west-1, integration_response_key=>a"),
            ],
            &[Some("k2"), Some("111122223333"), Some("region=>eu-west-1")],
        ],
    );
    collect(&store, &before_the_key_was_kept(), "eu-west-1", older).await;
    let newer: Rows = (
        columns,
        &[
            &[
                Some("k3"),
                Some("111122223333"),
                Some("region=>us-east-1, integration_response_key=>a"),
            ],
            &[
                Some("k4"),
                Some("111122223333"),
                Some("region=>us-east-1, integration_response_key=>b"),
            ],
        ],
    );
    collect(&store, Directory::builtin(), "us-east-1", newer).await;
    let session = Engine::new(Arc::new(store), Arc::new(Directory::builtin().clone())).session();
    let of_a = format!(
        "SELECT _key FROM {DATASET} WHERE tags->'integration_response_key' = 'a' ORDER BY 1"
    );
    assert_eq!(texts(&session, &of_a).await.unwrap().concat(), ["k1", "k3"]);
    let keys = format!(
        "SELECT tags->'integration_response_key', count(*) FROM {DATASET} GROUP BY 1 ORDER BY 1 NULLS LAST"
    );
    assert_eq!(texts(&session, &keys).await.unwrap().concat(), ["a", "2", "b", "1", "NULL", "1"]);
    let whole = format!("SELECT tags FROM {DATASET} WHERE _key = 'k2'");
    assert_eq!(texts(&session, &whole).await.unwrap().concat(), ["\"region\"=>\"eu-west-1\""]);
}
