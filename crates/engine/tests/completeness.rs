//! An answer says how complete it is.

mod support;

use census_directory::scope::Outcome;
use census_engine::Completeness;

async fn sentence(sql: &str) -> Option<String> {
    let session = support::session().await;
    support::completeness(&session, sql).await.sentence()
}

#[tokio::test]
async fn complete_answers_say_how_old_they_are() {
    insta::assert_snapshot!(
        sentence("SELECT 1 FROM aws.apigatewayv2_api").await.unwrap(),
        @"complete: 2 of 2 scopes, as of 2026-11-22 19:40:12Z"
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

#[tokio::test]
async fn scopes_that_a_statement_does_not_read_are_no_lack_of_it() {
    for condition in [
        "region = 'eu-west-1'",
        "tags->'region' IN ('eu-west-1', 'eu-west-1,x')",
        "account_id = '111122223333' AND (region = 'eu-west-1' OR region = 'x,eu-west-1')",
    ] {
        let sql =
            format!("SELECT integration_id FROM aws.apigatewayv2_integration WHERE {condition}");
        let told = sentence(&sql).await.unwrap();
        assert!(told.starts_with("complete: 1 of 1 scopes"), "{condition}: {told}");
    }
}

#[tokio::test]
async fn conditions_that_leave_every_scope_in_are_not_misread() {
    for condition in [
        "region <> 'us-east-1'",
        "region LIKE 'eu%'",
        "region = 'eu-west-1' OR integration_id = 'x'",
        "NOT region = 'us-east-1'",
    ] {
        let sql =
            format!("SELECT integration_id FROM aws.apigatewayv2_integration WHERE {condition}");
        let told = sentence(&sql).await.unwrap();
        assert!(told.starts_with("INCOMPLETE: 1 of 2 scopes"), "{condition}: {told}");
    }
}

#[tokio::test]
async fn every_side_of_a_join_counts_what_it_reads() {
    let sql = "SELECT 1 FROM aws.apigatewayv2_integration i \
               JOIN aws.apigatewayv2_integration j ON i.integration_id = j.integration_id \
               WHERE i.tags->'region' = 'eu-west-1' AND j.tags->'region' = 'us-east-1'";
    let told = sentence(sql).await.unwrap();
    assert!(told.starts_with("INCOMPLETE: 1 of 2 scopes"), "{told}");
}

#[tokio::test]
async fn an_account_or_region_that_nobody_looked_at_is_named() {
    insta::assert_snapshot!(
        sentence("SELECT name FROM aws.apigatewayv2_api WHERE account_id = '999900001111'").await.unwrap(),
        @"INCOMPLETE: 0 of 0 scopes; aws.apigatewayv2_api in account 999900001111 was never collected"
    );
    insta::assert_snapshot!(
        sentence("SELECT name FROM aws.apigatewayv2_api WHERE region IN ('eu-west-1', 'mars-1')").await.unwrap(),
        @"INCOMPLETE: 1 of 1 scopes; aws.apigatewayv2_api in region mars-1 was never collected"
    );
}

#[tokio::test]
async fn a_complete_answer_can_be_demanded_of_what_is_read() {
    let session = support::session().await;
    session.query("SET census.require_complete = on").await.unwrap();
    let of = |region: &str| {
        format!("SELECT 1 FROM aws.apigatewayv2_integration WHERE region = '{region}'")
    };
    assert!(session.query(&of("eu-west-1")).await.is_ok());
    let Err(error) = session.query(&of("us-east-1")).await else {
        panic!("an incomplete answer was given");
    };
    assert_eq!(error.sqlstate().code(), "57P03");
    assert!(
        census_error::terminal(&error, None)
            .contains("111122223333 us-east-1 aws.apigatewayv2_integration denied, never read")
    );
}

#[tokio::test]
async fn a_region_where_only_other_datasets_were_looked_at_is_a_lack() {
    // Stages were collected nowhere else than in one of the two regions that are known.
    let session =
        support::session_with(&[("aws.apigatewayv2_stage", "eu-west-1", None, Outcome::Complete)])
            .await;
    let told = |completeness: Completeness| completeness.sentence().unwrap();
    let sql = "SELECT name FROM aws.apigatewayv2_api a WHERE NOT EXISTS \
               (SELECT FROM aws.apigatewayv2_stage s WHERE s.tags->'api_id' = a.api_id)";
    insta::assert_snapshot!(
        told(support::completeness(&session, sql).await),
        @"INCOMPLETE: 3 of 4 scopes; 111122223333 us-east-1 aws.apigatewayv2_stage never read"
    );
    let sql = "SELECT 1 FROM aws.apigatewayv2_stage WHERE region = 'eu-west-1'";
    let told = told(support::completeness(&session, sql).await);
    assert!(told.starts_with("complete: 1 of 1 scopes"), "{told}");
}

#[tokio::test]
async fn rows_of_a_region_that_is_no_longer_enabled_are_told() {
    let api = "aws.apigatewayv2_api";
    let before = [
        (api, "eu-west-1", Some(support::APIS), Outcome::Complete),
        (api, "us-east-1", None, Outcome::Complete),
    ];
    let after = [
        (api, "eu-west-1", None, Outcome::NotEnabled),
        (api, "us-east-1", None, Outcome::NotEnabled),
    ];
    let session = support::session_after(&[&before, &after]).await;
    insta::assert_snapshot!(
        support::completeness(&session, "SELECT 1 FROM aws.apigatewayv2_api").await.sentence().unwrap(),
        @"INCOMPLETE: 0 of 1 scopes; 111122223333 eu-west-1 aws.apigatewayv2_api not_enabled, last good 2026-11-22 19:40:12Z"
    );
}

#[tokio::test]
async fn findings_of_one_region_read_the_scopes_of_that_region() {
    let session = support::session().await;
    let told = |region: &str| {
        let sql = format!("SELECT rule FROM census.findings WHERE region = '{region}'");
        let session = &session;
        async move { support::completeness(session, &sql).await }
    };
    let of = |completeness: &Completeness| {
        completeness
            .incomplete
            .iter()
            .map(|missing| missing.scope.region.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&told("eu-west-1").await), Vec::<String>::new());
    assert_eq!(of(&told("us-east-1").await), ["us-east-1"]);
}

#[tokio::test]
async fn a_temporary_table_is_as_complete_as_what_it_was_made_of() {
    let session = support::session().await;
    let sql = "CREATE TEMP TABLE kept AS SELECT integration_id FROM aws.apigatewayv2_integration";
    let made = support::completeness(&session, sql).await;
    assert!(!made.is_complete());
    assert_eq!(support::completeness(&session, "SELECT 1 FROM kept").await, made);
    session.query("INSERT INTO kept SELECT api_id FROM aws.apigatewayv2_api").await.unwrap();
    let told = support::completeness(&session, "SELECT 1 FROM kept").await.sentence().unwrap();
    assert!(told.starts_with("INCOMPLETE: 3 of 4 scopes"), "{told}");
    session.query("SET census.require_complete = on").await.unwrap();
    for sql in ["SELECT 1 FROM kept", &sql.replace("kept", "other")] {
        let error = session.query(sql).await.map(drop).unwrap_err();
        assert_eq!(error.sqlstate().code(), "57P03", "{sql}");
    }
}
