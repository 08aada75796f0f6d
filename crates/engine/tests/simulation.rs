//! What a simulation reads: the rows of one API of one account, and nothing that another account has under the same ARN.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod support;

use census_apigateway::simulate::{Answer, Backend};
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope};
use census_engine::{Engine, Simulated, SimulationRequest};
use census_error::Error;
use census_store::{RunInfo, RunOutcome, Store};
use std::sync::Arc;
use support::Rows;

const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];

const INTEGRATIONS: Rows = (
    &["_key", "integration_id", "integration_type", "integration_uri", "tags"],
    &[&[
        Some("arn:aws:apigateway:eu-west-1::/apis/a1/integrations/i1"),
        Some("i1"),
        Some("HTTP"),
        Some("https://example.com"),
        Some("region=>eu-west-1"),
    ]],
);

/// The columns of integration responses of which the fixture says anything.
const RESPONSE_COLUMNS: &[&str] = &["_key", "integration_response_id", "tags"];

const FIRST_RESPONSE: &[Option<&str>] = &[
    Some("arn:aws:apigateway:eu-west-1::/apis/a1/integrations/i1/integrationresponses/r1"),
    Some("r1"),
    Some("integration_response_key=>/200/"),
];

const SECOND_RESPONSE: &[Option<&str>] = &[
    Some("arn:aws:apigateway:eu-west-1::/apis/a1/integrations/i1/integrationresponses/r2"),
    Some("r2"),
    Some("integration_response_key=>$default"),
];

const API_COLUMNS: &[&str] = &["_key", "api_id", "name", "protocol_type", "tags"];

const API: &[Option<&str>] = &[
    Some("arn:aws:apigateway:eu-west-1::/apis/a1"),
    Some("a1"),
    Some("chat"),
    Some("WEBSOCKET"),
    Some("region=>eu-west-1"),
];

const TAGGED_API: &[Option<&str>] = &[
    Some("arn:aws:apigateway:eu-west-1::/apis/a1"),
    Some("a1"),
    Some("chat"),
    Some("WEBSOCKET"),
    Some("region=>eu-west-1, route_key=>mine"),
];

/// Simulates an answer 404 in the first account; both have the same API, and the responses that are given.
async fn simulated(apis: Rows, responses: [Rows; 2]) -> Result<Simulated, Error> {
    let store = Store::open_or_create("memory:").await.unwrap();
    let directory = Arc::new(Directory::builtin().clone());
    let accounts = ACCOUNTS.iter().map(|&account| account.to_owned()).collect();
    let recorder =
        store.recorder(&directory, RunInfo::new(accounts, Vec::new(), Vec::new())).await.unwrap();
    for (account, responses) in ACCOUNTS.into_iter().zip(responses) {
        for (dataset, rows) in [
            ("aws.apigatewayv2_api", apis),
            ("aws.apigatewayv2_integration", INTEGRATIONS),
            ("aws.apigatewayv2_integrationresponse", responses),
        ] {
            let scope = Scope {
                account_id: account.to_owned(),
                region: "eu-west-1".to_owned(),
                dataset: dataset.to_owned(),
            };
            let batch = support::batch_of_account(&directory, dataset, rows, account);
            recorder.rows(&scope, batch).await.unwrap();
            recorder.finish(&scope, support::report(Outcome::Complete)).await.unwrap();
        }
    }
    recorder.close(RunOutcome::Finished).await.unwrap();
    let session = Engine::new(Arc::new(store), directory).session();
    let request = SimulationRequest {
        api: "chat".to_owned(),
        integration: "i1".to_owned(),
        account_id: Some(ACCOUNTS[0].to_owned()),
        backend: Backend::Answer(Answer { status: 404, ..Answer::default() }),
        ..SimulationRequest::default()
    };
    Box::pin(session.simulate(request)).await
}

#[tokio::test]
async fn responses_of_another_account_answer_nothing() {
    let first: Rows = (RESPONSE_COLUMNS, &[FIRST_RESPONSE]);
    let both: Rows = (RESPONSE_COLUMNS, &[FIRST_RESPONSE, SECOND_RESPONSE]);
    let answer = simulated((API_COLUMNS, &[API]), [first, both]).await.unwrap();
    assert_eq!(answer.explanation.selected, None);
    let answer = simulated((API_COLUMNS, &[API]), [both, first]).await.unwrap();
    assert_eq!(answer.explanation.selected, Some(("r2".to_owned(), "$default".to_owned())));
}

#[tokio::test]
async fn tag_that_hides_keys_is_named_instead_of_a_wrong_answer() {
    let responses: Rows = (RESPONSE_COLUMNS, &[SECOND_RESPONSE]);
    let error = simulated((API_COLUMNS, &[TAGGED_API]), [responses; 2]).await.unwrap_err();
    assert_eq!(error.sqlstate().code(), "55000");
    insta::assert_snapshot!(error.message(), @r#"tag "route_key" of API "chat" hides the member of its resources that is kept under this key"#);
}
