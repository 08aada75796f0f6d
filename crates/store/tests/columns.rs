//! A dataset whose columns are not those its table was made with.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::Directory;
use census_directory::scope::Outcome;
use census_error::SqlState;
use census_store::{RunInfo, RunOutcome, RunSummary, Store};
use datafusion::arrow::array::RecordBatch;
use inventory::{DATASET, items, query, report, rows_of, scope, text};

const NOTE: &str = "\n[[column]]\nname = \"integration_response_note\"\ntype = \"string\"\n\
    description = \"A note.\"\n\n[[column]]\nname = \"response_parameters\"";

/// The directory, of which the dataset's file was changed.
fn directory_with(change: impl Fn(&str) -> String) -> Directory {
    let folder = tempfile::tempdir().unwrap();
    let name = "aws/apigatewayv2_integrationresponse.toml";
    let file = std::path::Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap())
        .join("../../directory")
        .join(name);
    let original = std::fs::read_to_string(file).unwrap();
    let changed = change(&original);
    assert_ne!(changed, original, "the change applies");
    std::fs::create_dir(folder.path().join("aws")).unwrap();
    std::fs::write(folder.path().join(name), changed).unwrap();
    Directory::load(folder.path()).unwrap()
}

fn with_note() -> Directory {
    directory_with(|file| file.replace("\n[[column]]\nname = \"response_parameters\"", NOTE))
}

async fn collect(
    store: &Store,
    directory: &Directory,
    pairs: &[(&str, &str)],
    seconds: i64,
) -> census_error::Result<RunSummary> {
    let run = store.recorder(directory, RunInfo::new(vec![], vec![], vec![])).await?;
    let rows = rows_of(directory.dataset(DATASET).unwrap(), &scope(), &items(pairs));
    run.rows(&scope(), rows).await?;
    run.finish(&scope(), report(Outcome::Complete, pairs.len(), seconds)).await?;
    run.close(RunOutcome::Finished).await
}

async fn shown(store: &Store, directory: &Directory, columns: &str) -> String {
    let table = store.versions(directory.dataset(DATASET).unwrap()).await.unwrap();
    let sql = format!("SELECT {columns} FROM t ORDER BY _key, _valid_from");
    text(&query(store, table, &sql).await)
}

const COLUMNS: &str = "_key, template_selection_expression AS v, integration_response_note AS note";

#[tokio::test]
async fn a_column_that_is_added_is_null_in_older_rows() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, Directory::builtin(), &[("a", "1"), ("b", "1")], 10).await.unwrap();
    let wider = with_note();
    insta::assert_snapshot!(shown(&store, &wider, COLUMNS).await, @r"
    +------+---+------+
    | _key | v | note |
    +------+---+------+
    | a    | 1 |      |
    | b    | 1 |      |
    +------+---+------+
    ");
    let table = store.present(wider.dataset(DATASET).unwrap()).await.unwrap();
    assert_eq!(table.schema(), wider.dataset(DATASET).unwrap().schema());
    let filtered = "SELECT _key FROM t WHERE integration_response_note IS NULL ORDER BY 1";
    assert_eq!(
        query(&store, table, filtered).await.iter().map(RecordBatch::num_rows).sum::<usize>(),
        2
    );
}

#[tokio::test]
async fn a_column_that_is_added_is_written_with_the_next_census() {
    let store = Store::open_or_create("memory:").await.unwrap();
    collect(&store, Directory::builtin(), &[("a", "1"), ("b", "1")], 10).await.unwrap();
    let wider = with_note();
    let summary = collect(&store, &wider, &[("a", "1"), ("c", "1")], 20).await.unwrap();
    assert_eq!((summary.created, summary.updated, summary.deleted), (1, 1, 1));
    insta::assert_snapshot!(shown(&store, &wider, COLUMNS).await, @r"
    +------+---+------+
    | _key | v | note |
    +------+---+------+
    | a    | 1 |      |
    | a    | 1 | a    |
    | b    | 1 |      |
    | c    | 1 | c    |
    +------+---+------+
    ");
}

#[tokio::test]
async fn a_column_that_is_removed_keeps_its_values_in_rows_that_stay() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let wider = with_note();
    collect(&store, &wider, &[("a", "1"), ("b", "1")], 10).await.unwrap();
    // "b" ends, so that the file with "a" is written anew by who does not know the column.
    let summary =
        collect(&store, Directory::builtin(), &[("a", "1"), ("c", "1")], 20).await.unwrap();
    assert_eq!((summary.created, summary.deleted, summary.unchanged), (1, 1, 1));
    let table = store.present(inventory::dataset()).await.unwrap();
    assert_eq!(table.schema(), inventory::dataset().schema());
    insta::assert_snapshot!(shown(&store, &wider, COLUMNS).await, @r"
    +------+---+------+
    | _key | v | note |
    +------+---+------+
    | a    | 1 | a    |
    | b    | 1 | b    |
    | c    | 1 |      |
    +------+---+------+
    ");
}

#[tokio::test]
async fn a_column_of_another_type_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    collect(&store, &with_note(), &[("a", "1")], 10).await.unwrap();
    let other = directory_with(|file| {
        let note = NOTE.replacen("type = \"string\"", "type = \"int64\"", 1);
        file.replace("\n[[column]]\nname = \"response_parameters\"", &note)
    });
    let error = store.present(other.dataset(DATASET).unwrap()).await.unwrap_err();
    assert_eq!(error.sqlstate(), SqlState::DatatypeMismatch);
    let message = error.message().replace(folder.path().to_str().unwrap(), "STORE");
    insta::assert_snapshot!(message, @r#"column "integration_response_note" of table "STORE/aws/apigatewayv2_integrationresponse" has type string, but the directory says int64"#);
    insta::assert_snapshot!(error.hint().unwrap(), @"Collect into another store: the type of a stored column never changes.");
}
