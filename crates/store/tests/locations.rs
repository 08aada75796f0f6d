//! Where a store can be, and what is said where it cannot.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]

mod inventory;

use census_error::{Error, SqlState};
use census_store::Store;

async fn refusal(location: &std::path::Path, create: bool) -> Error {
    let location = location.to_str().unwrap();
    let opened =
        if create { Store::open_or_create(location).await } else { Store::open(location).await };
    opened.unwrap_err()
}

#[tokio::test]
async fn a_folder_with_other_things_is_not_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
    for create in [false, true] {
        let error = refusal(folder.path(), create).await;
        assert_eq!(error.sqlstate(), SqlState::ObjectNotInPrerequisiteState);
        let path = folder.path().display();
        assert_eq!(error.message(), format!("\"{path}\" is not a Census store"));
        assert!(error.hint().is_some());
    }
}

#[tokio::test]
async fn reading_a_store_that_is_not_there_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    for missing in [folder.path().join("nothing"), folder.path().to_owned()] {
        let error = refusal(&missing, false).await;
        assert_eq!(error.sqlstate(), SqlState::ObjectNotInPrerequisiteState);
        assert_eq!(error.hint(), Some("Run census collect or census demo first."));
    }
    assert!(!folder.path().join("nothing").exists(), "reading creates nothing");
}

#[tokio::test]
async fn a_file_in_place_of_the_folder_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    std::fs::write(&file, "").unwrap();
    let error = refusal(&file, true).await;
    assert_eq!(error.sqlstate(), SqlState::IoError);
    assert!(error.message().contains(file.to_str().unwrap()), "{}", error.message());
    let below = refusal(&file.join("deeper"), true).await;
    assert_eq!(below.sqlstate(), SqlState::IoError);
}

#[tokio::test]
async fn a_store_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("census.json"), "{ \"format\": 2 }").unwrap();
    let error = refusal(folder.path(), true).await;
    assert_eq!(error.sqlstate(), SqlState::ObjectNotInPrerequisiteState);
    assert_eq!(error.hint(), Some("Use a newer version of Census."));
}

#[tokio::test]
async fn a_store_can_be_opened_again_as_path_and_as_url() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().to_str().unwrap()).await.unwrap();
    let one = inventory::items(&[("a", "1")]);
    inventory::collect(&store, &one, census_directory::scope::Outcome::Complete, 10).await;
    let url = url::Url::from_directory_path(folder.path()).unwrap();
    let again = Store::open(url.as_str()).await.unwrap();
    assert_eq!(inventory::present(&again).await, one);
    let marker = std::fs::read_to_string(folder.path().join("census.json")).unwrap();
    assert_eq!(marker.trim(), "{ \"format\": 1 }");
}

#[tokio::test]
async fn a_dataset_that_was_never_collected_is_empty_in_its_columns() {
    let store = Store::open_or_create("memory:").await.unwrap();
    let table = store.present(inventory::dataset()).await.unwrap();
    assert_eq!(table.schema(), inventory::dataset().schema());
    assert!(inventory::present(&store).await.is_empty());
    assert!(store.coverage(&[]).await.unwrap().is_empty());
}
