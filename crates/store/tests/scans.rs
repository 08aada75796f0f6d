//! What a scan reads: columns, statistics, pruning, and how many files there are.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::Outcome;
use census_store::{RunOutcome, Store};
use datafusion::physical_plan::displayable;
use inventory::{collect, dataset, items, query, recorder, report, rows, scope_of, session};

#[tokio::test]
async fn the_present_has_exactly_the_columns_of_the_dataset() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let answer = query(&store, store.present(dataset()).await.unwrap(), "SELECT * FROM t").await;
    let expected = dataset().schema();
    let schema = answer[0].schema();
    let shape = |schema: &datafusion::arrow::datatypes::Schema| -> Vec<_> {
        let fields = schema.fields().iter();
        fields
            .map(|field| {
                (field.name().clone(), field.data_type().clone(), field.metadata().clone())
            })
            .collect()
    };
    assert_eq!(shape(&schema), shape(&expected));
}

#[tokio::test]
async fn kept_tags_are_plain_columns_with_the_value_of_the_tag() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    let table = store.present_with_kept_tags(dataset()).await.unwrap();
    let sql = "SELECT region, _tag_region, _tag_api_id, _tag_integration_response_key FROM t";
    let answer = query(&store, table, sql).await;
    let text = datafusion::arrow::util::pretty::pretty_format_batches(&answer).unwrap().to_string();
    insta::assert_snapshot!(text, @r"
    +-----------+-------------+-------------+-------------------------------+
    | region    | _tag_region | _tag_api_id | _tag_integration_response_key |
    +-----------+-------------+-------------+-------------------------------+
    | eu-west-1 | eu-west-1   | a1,a2       | a                             |
    +-----------+-------------+-------------+-------------------------------+
    ");
}

#[tokio::test]
async fn filters_on_account_and_tag_prune_files() {
    let store = Store::open_or_create("memory:").await.unwrap();
    for (position, account_id) in
        ["100000000000", "200000000000", "300000000000"].into_iter().enumerate()
    {
        let run = recorder(&store).await;
        let scope = scope_of(account_id, "eu-west-1");
        run.rows(&scope, rows(&scope, &[(format!("k{position}"), "1".to_owned())])).await.unwrap();
        run.finish(&scope, report(Outcome::Complete, 1, 10)).await.unwrap();
        run.close(RunOutcome::Finished).await.unwrap();
    }
    assert_eq!(files_scanned(&store, "SELECT _key FROM t").await, 3);
    assert_eq!(
        files_scanned(&store, "SELECT _key FROM t WHERE account_id = '200000000000'").await,
        1
    );
    assert_eq!(files_scanned(&store, "SELECT _key FROM t WHERE _key > 'k0'").await, 2);
    assert_eq!(
        files_scanned(&store, "SELECT _key FROM t WHERE _tag_integration_response_key = 'k2'")
            .await,
        1
    );
    assert_eq!(
        files_scanned(&store, "SELECT _key FROM t WHERE _tag_region = 'us-east-1'").await,
        0
    );
}

async fn files_scanned(store: &Store, sql: &str) -> usize {
    let session = session(store);
    session.register_table("t", store.present_with_kept_tags(dataset()).await.unwrap()).unwrap();
    let plan = session.sql(sql).await.unwrap().create_physical_plan().await.unwrap();
    let text = displayable(plan.as_ref()).indent(false).to_string();
    text.matches(".zstd.parquet").count()
}

#[tokio::test]
async fn counting_rows_reads_no_file() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1"), ("b", "1")]), Outcome::Complete, 10).await;
    assert_eq!(files_scanned(&store, "SELECT count(*) FROM t").await, 0);
}

#[tokio::test]
async fn filters_on_times_of_versions_are_right() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    collect(&store, &items(&[("a", "2")]), Outcome::Complete, 20).await;
    let at = inventory::time(15).naive_utc();
    let sql = format!(
        "SELECT template_selection_expression AS v FROM t WHERE _valid_from <= TIMESTAMP '{at}' \
         AND (_valid_to IS NULL OR _valid_to > TIMESTAMP '{at}')"
    );
    let answer = query(&store, store.versions(dataset()).await.unwrap(), &sql).await;
    let text = datafusion::arrow::util::pretty::pretty_format_batches(&answer).unwrap().to_string();
    insta::assert_snapshot!(text, @r"
    +---+
    | v |
    +---+
    | 1 |
    +---+
    ");
}

#[tokio::test]
async fn many_small_collections_leave_few_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    for round in 0..30 {
        let run = recorder(&store).await;
        let scope = scope_of(&format!("{:012}", round % 10), "eu-west-1");
        run.rows(&scope, rows(&scope, &[("k".to_owned(), round.to_string())])).await.unwrap();
        run.finish(&scope, report(Outcome::Complete, 1, round)).await.unwrap();
        run.close(RunOutcome::Finished).await.unwrap();
    }
    let session = session(&store);
    for table in [store.versions(dataset()).await.unwrap(), store.coverage_table().await.unwrap()] {
        let plan = session.read_table(table).unwrap().create_physical_plan().await.unwrap();
        let text = displayable(plan.as_ref()).indent(false).to_string();
        let files = text.matches(".zstd.parquet").count();
        assert!(files <= 20, "{files} files");
    }
    let checkpoints =
        std::fs::read_dir(folder.path().join("aws/apigatewayv2_integrationresponse/_delta_log"))
            .unwrap()
            .filter(|entry| {
                entry.as_ref().unwrap().file_name().to_string_lossy().contains("checkpoint")
            })
            .count();
    assert!(checkpoints > 0, "opening need not read the whole log");
    assert_eq!(inventory::versions(&store).await.len(), 30);
}
