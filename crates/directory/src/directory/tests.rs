//! The builtin datasets against what they promise, and how datasets hang together.

use super::*;
use crate::ColumnSource;

/// Name and type of each column, one a line.
fn columns(id: &str) -> String {
    let dataset = Directory::builtin().dataset(id).unwrap();
    let columns: Vec<String> = dataset
        .columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.kind.as_str()))
        .collect();
    columns.join("\n")
}

#[test]
fn an_integration_response_has_exactly_its_eight_columns() {
    insta::assert_snapshot!(columns("aws.apigatewayv2_integrationresponse"), @r"
    _key string
    account_id string
    content_handling_strategy string
    integration_response_id string
    response_parameters hstore
    response_templates hstore
    tags hstore_csv
    template_selection_expression string
    ");
}

#[test]
fn an_integration_has_exactly_its_columns() {
    insta::assert_snapshot!(columns("aws.apigatewayv2_integration"), @r"
    _key string
    account_id string
    api_gateway_managed bool
    connection_id string
    connection_type string
    content_handling_strategy string
    credentials_arn string
    description string
    integration_id string
    integration_method string
    integration_response_selection_expression string
    integration_subtype string
    integration_type string
    integration_uri string
    passthrough_behavior string
    payload_format_version string
    request_parameters hstore
    request_templates hstore
    response_parameters string
    tags hstore_csv
    template_selection_expression string
    timeout_in_millis int64
    tls_config json
    ");
}

#[test]
fn an_api_has_exactly_its_columns() {
    insta::assert_snapshot!(columns("aws.apigatewayv2_api"), @r"
    _key string
    account_id string
    api_arn string
    api_endpoint string
    api_gateway_managed bool
    api_id string
    api_key_selection_expression string
    cors_configuration json
    created_date timestamp
    description string
    disable_execute_api_endpoint bool
    disable_schema_validation bool
    import_info array<string>
    ip_address_type string
    name string
    protocol_type string
    route_selection_expression string
    tags hstore
    version string
    warnings array<string>
    ");
}

#[test]
fn the_schema_of_every_dataset_is_its_columns() {
    for dataset in Directory::builtin().datasets() {
        let schema = dataset.schema();
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let expected: Vec<&str> =
            dataset.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, expected);
        assert!(!schema.field(0).is_nullable() && !schema.field(1).is_nullable());
        assert_eq!(format!("{}.{}", dataset.schema_name(), dataset.table_name()), dataset.id);
    }
}

#[test]
fn the_key_of_an_integration_response_is_its_long_arn() {
    let dataset = Directory::builtin().dataset("aws.apigatewayv2_integrationresponse").unwrap();
    let key = dataset.key.render(|name| {
        Some(match name {
            "partition" => "aws",
            "region" => "eu-west-1",
            "api_id" => "a1",
            "integration_id" => "i1",
            "integration_response_id" => "r1",
            _ => return None,
        })
    });
    assert_eq!(
        key.unwrap(),
        "arn:aws:apigateway:eu-west-1::/apis/a1/integrations/i1/integrationresponses/r1"
    );
    assert_eq!(dataset.variable_member("integration_response_id"), Some("integrationResponseId"));
}

#[test]
fn tags_come_from_the_row_its_parents_and_the_nearest_taggable_ancestor() {
    let directory = Directory::builtin();
    let kept = |id: &str| directory.dataset(id).unwrap().kept_tags().join(", ");
    assert_eq!(
        kept("aws.apigatewayv2_integrationresponse"),
        "region, api_id, api_name, integration_id, integration_response_key"
    );
    assert_eq!(kept("aws.apigatewayv2_integration"), "region, api_id, api_name");
    assert_eq!(kept("aws.apigatewayv2_api"), "region");
    let origin = directory.tag_origin("aws.apigatewayv2_integrationresponse").unwrap();
    assert_eq!(origin.id, "aws.apigatewayv2_api");
}

#[test]
fn response_parameters_of_an_integration_are_json_text() {
    let dataset = Directory::builtin().dataset("aws.apigatewayv2_integration").unwrap();
    let source = &dataset.column("response_parameters").unwrap().source;
    assert_eq!(*source, ColumnSource::MemberText("responseParameters".to_owned()));
}

#[test]
fn a_closure_puts_parents_before_children_and_each_once() {
    let closure = Directory::builtin()
        .closure(&["aws.apigatewayv2_integrationresponse", "aws.apigatewayv2_api"])
        .unwrap();
    let ids: Vec<&str> = closure.iter().map(|dataset| dataset.table_name()).collect();
    assert_eq!(
        ids,
        ["apigatewayv2_api", "apigatewayv2_integration", "apigatewayv2_integrationresponse"]
    );
}

#[test]
fn ancestors_are_listed_from_the_nearest() {
    let directory = Directory::builtin();
    let ids: Vec<&str> = directory
        .ancestors("aws.apigatewayv2_integrationresponse")
        .iter()
        .map(|dataset| dataset.table_name())
        .collect();
    assert_eq!(ids, ["apigatewayv2_integration", "apigatewayv2_api"]);
    assert!(directory.children("aws.apigatewayv2_integrationresponse").is_empty());
}

#[test]
fn a_misspelt_dataset_is_an_unknown_relation_with_the_nearest_name() {
    for id in
        ["aws.apigatewayv2_integrationrespons", "apigatewayv2_integrationresponses", "aws.zebra"]
    {
        let error = census_error::Error::from(Directory::builtin().dataset(id).unwrap_err());
        assert_eq!(error.sqlstate(), census_error::SqlState::UndefinedTable);
        assert_eq!(error.message(), format!("relation \"{id}\" does not exist"));
        let expected = (id != "aws.zebra")
            .then_some("Perhaps the dataset \"aws.apigatewayv2_integrationresponse\".");
        assert_eq!(error.hint(), expected);
    }
}

#[test]
fn the_page_of_an_integration_response_shows_its_fields() {
    let page = Directory::builtin().dataset("aws.apigatewayv2_integrationresponse").unwrap().page();
    insta::assert_snapshot!(page.markdown(), @r"
    # API Gateway V2 Integration Response

    How a WebSocket API handles what an integration, such as a Lambda function or an HTTP backend, answers: it maps the integration's response parameters to the method response, that is, its status codes, headers and transformed payload.

    Which one applies is decided by its key, the tag integration_response_key: $default, or a regular expression between slashes that the value of the integration's selection expression must match. Proxy integrations may have integration responses, but do not use them.

    ```
    aws.apigatewayv2_integrationresponse
    ```

    [Documentation of the service](https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid-integrationresponses.html)

    ## Fields

    | Name | Type | Data type | Description |
    | --- | --- | --- | --- |
    | `_key` | VARCHAR | `string` | The integration response's ARN. It names no account, so it is unique only together with account_id. |
    | `account_id` | VARCHAR | `string` | The 12-digit account that owns the API. |
    | `content_handling_strategy` | VARCHAR | `string` | WebSocket only. What happens to the payload of the integration's answer: CONVERT_TO_BINARY decodes Base64 text into bytes, CONVERT_TO_TEXT encodes bytes as Base64 text. NULL where it passes through to the route response or method response unchanged. |
    | `integration_response_id` | VARCHAR | `string` | The integration response's id, unique only within its integration. |
    | `response_parameters` | HSTORE | `hstore` | Header of the method response to its source. A key is method.response.header.{name} with a valid and unique header name; a value is integration.response.header.{name}, integration.response.body.{JSON expression without the $ prefix}, or a static value in single quotes. |
    | `response_templates` | HSTORE | `hstore` | Content type, or another key that the template selection expression yields, to the template that makes the payload. |
    | `tags` | HSTORE | `hstore_csv` | The AWS tags of its API, and where the integration response came from: region, api_id, api_name, integration_id, integration_response_key. Where two of these share a key, its value is both, sorted and joined by a comma. |
    | `template_selection_expression` | VARCHAR | `string` | The expression whose value is the key of the response template to use; $default is the key of the template for everything else. |
    ");
}

#[test]
fn the_json_of_a_page_has_its_fields() {
    let page = Directory::builtin().dataset("aws.apigatewayv2_api").unwrap().page();
    let json: serde_json::Value = serde_json::from_str(&page.json()).unwrap();
    assert_eq!(json["id"], "aws.apigatewayv2_api");
    assert_eq!(json["fields"][2]["name"], "api_arn");
    assert_eq!(json["fields"][2]["sql_type"], "VARCHAR");
    assert_eq!(page.rows()[0][..3], ["_key", "VARCHAR", "string"]);
}
