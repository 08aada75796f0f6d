//! The builtin datasets against what they promise, and how datasets hang together.

use super::*;
use crate::ColumnSource;

/// Name and type of each column, as `datasets.md` of the project's promise lists them.
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
    insta::assert_snapshot!(page.markdown(), @"");
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
