//! An answer says how complete it is.

mod support;

async fn sentence(sql: &str) -> Option<String> {
    let session = support::session().await;
    support::completeness(&session, sql).await.sentence()
}

#[tokio::test]
async fn complete_answers_say_how_old_they_are() {
    insta::assert_snapshot!(
        sentence("SELECT 1 FROM aws.apigatewayv2_api").await.unwrap(),
        @"complete: 1 of 1 scopes, as of 2026-11-22 19:40:12Z"
    );
}

#[tokio::test]
async fn denied_scopes_are_named() {
    insta::assert_snapshot!(
        sentence("SELECT 1 FROM aws.apigatewayv2_integration").await.unwrap(),
        @"INCOMPLETE: 1 of 2 scopes; 111122223333 us-east-1 aws.apigatewayv2_integration denied, never read"
    );
}

#[tokio::test]
async fn datasets_that_nobody_collected_are_named() {
    let session = support::empty_session().await;
    let completeness = support::completeness(&session, "SELECT 1 FROM aws.apigatewayv2_api").await;
    insta::assert_snapshot!(
        completeness.sentence().unwrap(),
        @"INCOMPLETE: 0 of 0 scopes; aws.apigatewayv2_api was never collected"
    );
}

#[tokio::test]
async fn statements_that_read_no_dataset_have_no_completeness() {
    assert_eq!(sentence("SELECT 1").await, None);
    assert_eq!(sentence("SELECT * FROM census.coverage").await, None);
}
