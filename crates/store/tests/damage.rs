//! Stores that something else has broken: the file or table is named, and nothing panics.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_directory::scope::Outcome;
use census_error::{Error, SqlState};
use census_store::{RunOutcome, Store};
use inventory::{collect, dataset, files_below, items, recorder, report, rows, scope};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TABLE: &str = "aws/apigatewayv2_integrationresponse";

async fn store_with_rows() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    collect(&store, &items(&[("a", "1"), ("b", "1")]), Outcome::Complete, 10).await;
    (folder, store)
}

fn file_in(folder: &Path, ending: &str) -> PathBuf {
    let files = files_below(&folder.join(TABLE));
    files.into_iter().find(|file| file.to_str().unwrap().ends_with(ending)).unwrap()
}

/// What is said without the parts that differ each time.
fn told(folder: &TempDir, error: &Error) -> String {
    let mut text = format!("{}: {}", error.sqlstate(), error.message());
    let mut cause = std::error::Error::source(error);
    while let Some(link) = cause {
        text += "\n  ";
        text += &link.to_string();
        cause = link.source();
    }
    let text = text.replace(folder.path().to_str().unwrap(), "STORE");
    let part = text.find("part-").map(|start| text[start..start + 41].to_owned());
    part.map_or(text.clone(), |part| text.replace(&part, "part-0"))
}

async fn refused_to_read(store: &Store) -> Error {
    store.present(dataset()).await.unwrap_err()
}

async fn refused_to_collect(store: &Store) -> Error {
    let run = recorder(store).await;
    run.rows(&scope(), rows(&scope(), &items(&[("a", "2")]))).await.unwrap();
    run.finish(&scope(), report(Outcome::Complete, 1, 20)).await.unwrap();
    run.close(RunOutcome::Finished).await.unwrap_err()
}

#[tokio::test]
async fn a_store_that_has_gone_is_missing_and_not_one_that_knows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("store");
    let store = Store::open_or_create(location.to_str().unwrap()).await.unwrap();
    assert_eq!(store.coverage(&[]).await.unwrap(), []);
    collect(&store, &items(&[("a", "1")]), Outcome::Complete, 10).await;
    std::fs::remove_dir_all(&location).unwrap();
    let error = store.coverage(&[]).await.unwrap_err();
    let told = format!("55000: store \"{}\" does not exist", location.display());
    assert_eq!(format!("{}: {}", error.sqlstate(), error.message()), told);
}

#[tokio::test]
async fn a_commit_that_is_no_json_names_the_table() {
    let (folder, store) = store_with_rows().await;
    std::fs::write(file_in(folder.path(), "1.json"), "{\"add\": {\"path").unwrap();
    let error = refused_to_read(&store).await;
    assert_eq!(error.sqlstate(), SqlState::DataCorrupted);
    insta::assert_snapshot!(told(&folder, &error), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_delta_log" is damaged: Json error: Truncated record whilst reading string"#);
    assert_eq!(refused_to_collect(&store).await.message(), error.message());
}

#[tokio::test]
async fn a_first_commit_that_is_gone_names_the_table() {
    let (folder, store) = store_with_rows().await;
    std::fs::remove_file(file_in(folder.path(), "0000.json")).unwrap();
    let error = refused_to_read(&store).await;
    assert_eq!(error.sqlstate(), SqlState::DataCorrupted);
    insta::assert_snapshot!(told(&folder, &error), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_delta_log" is damaged: No table metadata or protocol found in delta log."#);
}

#[tokio::test]
async fn a_first_commit_without_schema_names_the_table() {
    let (folder, store) = store_with_rows().await;
    std::fs::write(file_in(folder.path(), "0000.json"), "{}\n").unwrap();
    let error = refused_to_read(&store).await;
    assert_eq!(error.sqlstate(), SqlState::DataCorrupted);
    insta::assert_snapshot!(told(&folder, &error), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_delta_log" is damaged: No table metadata or protocol found in delta log."#);
}

#[tokio::test]
async fn a_table_whose_log_is_gone_is_not_one_that_was_never_collected() {
    let (folder, store) = store_with_rows().await;
    std::fs::remove_dir_all(folder.path().join(TABLE).join("_delta_log")).unwrap();
    let error = refused_to_read(&store).await;
    assert_eq!(error.sqlstate(), SqlState::DataCorrupted);
    insta::assert_snapshot!(told(&folder, &error), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_delta_log" is damaged: it is missing, and there are files of rows"#);
    assert_eq!(refused_to_collect(&store).await.message(), error.message());
}

#[tokio::test]
async fn a_checkpoint_that_was_cut_off_names_the_table() {
    let (folder, store) = store_with_rows().await;
    for round in 2..=19 {
        collect(&store, &items(&[("a", &round.to_string())]), Outcome::Complete, round * 10).await;
    }
    let checkpoint = file_in(folder.path(), ".checkpoint.parquet");
    std::fs::write(checkpoint, "PAR1").unwrap();
    let error = refused_to_read(&Store::open(folder.path().to_str().unwrap()).await.unwrap()).await;
    assert_eq!(error.sqlstate(), SqlState::DataCorrupted);
    insta::assert_snapshot!(told(&folder, &error), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_delta_log" is damaged: file size of 4 is less than footer"#);
}

#[tokio::test]
async fn a_data_file_that_was_cut_off_is_named() {
    let (folder, store) = store_with_rows().await;
    let file = file_in(folder.path(), ".parquet");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    insta::assert_snapshot!(told(&folder, &refused_to_collect(&store).await), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet" is damaged: metadata requires 9914 bytes, but could only read 4957"#);
    insta::assert_snapshot!(told(&folder, &refused_to_scan(&store).await), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet" is damaged: metadata requires 9914 bytes, but could only read 4957"#);
}

#[tokio::test]
async fn a_data_file_with_other_bytes_is_named() {
    let (folder, store) = store_with_rows().await;
    let file = file_in(folder.path(), ".parquet");
    let length = std::fs::read(&file).unwrap().len();
    std::fs::write(&file, vec![b'x'; length]).unwrap();
    insta::assert_snapshot!(told(&folder, &refused_to_collect(&store).await), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet" is damaged: Invalid Parquet file. Corrupt footer"#);
    insta::assert_snapshot!(told(&folder, &refused_to_scan(&store).await), @r#"XX001: store file "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet" is damaged: Invalid Parquet file. Corrupt footer"#);
}

#[tokio::test]
async fn a_data_file_that_is_gone_is_named() {
    let (folder, store) = store_with_rows().await;
    std::fs::remove_file(file_in(folder.path(), ".parquet")).unwrap();
    insta::assert_snapshot!(told(&folder, &refused_to_collect(&store).await), @r#"
    58030: could not read "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet"
      Object at location STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet not found: No such file or directory (os error 2)
    "#);
    insta::assert_snapshot!(told(&folder, &refused_to_scan(&store).await), @r#"58030: could not read "STORE/aws/apigatewayv2_integrationresponse/_current=true/part-0.zstd.parquet""#);
}

#[tokio::test]
async fn a_collection_that_cannot_commit_is_recorded_as_failed() {
    let (folder, store) = store_with_rows().await;
    std::fs::remove_file(file_in(folder.path(), ".parquet")).unwrap();
    refused_to_collect(&store).await;
    let sql = "SELECT outcome FROM t ORDER BY started_at";
    let answer = inventory::query(&store, store.runs_table().await.unwrap(), sql).await;
    insta::assert_snapshot!(inventory::text(&answer), @r"
    +----------+
    | outcome  |
    +----------+
    | complete |
    | failed   |
    +----------+
    ");
}

/// The store's own error inside DataFusion's.
async fn refused_to_scan(store: &Store) -> Error {
    let session = inventory::session(store);
    session.register_table("t", store.present(dataset()).await.unwrap()).unwrap();
    let failed = session.sql("SELECT * FROM t").await.unwrap().collect().await.unwrap_err();
    let mut link: Option<&(dyn std::error::Error + 'static)> = Some(&failed);
    while let Some(error) = link {
        if let Some(own) = error.downcast_ref::<Error>() {
            return Error::new(own.sqlstate(), own.message());
        }
        link = error.source();
    }
    Error::new(SqlState::InternalError, format!("no error of the store: {failed}"))
}

#[tokio::test]
async fn a_table_that_is_gone_is_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_string_lossy().into_owned();
    let store = Store::open_or_create(&location).await.unwrap();
    inventory::collect(&store, &inventory::items(&[("a", "1")]), Outcome::Complete, 10).await;
    std::fs::remove_dir_all(folder.path().join("aws/apigatewayv2_integrationresponse")).unwrap();
    let error = store.present(dataset()).await.map(drop).unwrap_err();
    assert_eq!(error.sqlstate().code(), "XX001");
    assert!(error.to_string().contains("aws/apigatewayv2_integrationresponse"), "{error}");
}
