//! The builtin datasets against what they promise, and how datasets hang together.

use super::*;
use crate::{ColumnKind, ColumnSource};

#[test]
fn every_dataset_has_exactly_its_columns() {
    let described: Vec<String> = Directory::builtin()
        .datasets()
        .map(|dataset| {
            let columns: Vec<String> = dataset
                .columns
                .iter()
                .map(|column| match column.kind {
                    ColumnKind::String => column.name.clone(),
                    kind => format!("{} {}", column.name, kind.as_str()),
                })
                .collect();
            format!("{}: {}", dataset.id, columns.join(", "))
        })
        .collect();
    insta::assert_snapshot!(described.join("\n"), @r"
    aws.apigatewayv2_api: _key, account_id, api_arn, api_endpoint, api_gateway_managed bool, api_id, api_key_selection_expression, cors_configuration json, created_date timestamp, description, disable_execute_api_endpoint bool, disable_schema_validation bool, import_info array<string>, ip_address_type, name, protocol_type, route_selection_expression, tags hstore, version, warnings array<string>
    aws.apigatewayv2_api_mapping: _key, account_id, api_id, api_mapping_arn, api_mapping_id, stage, tags hstore
    aws.apigatewayv2_authorizer: _key, account_id, authorizer_credentials_arn, authorizer_id, authorizer_payload_format_version, authorizer_result_ttl_in_seconds int64, authorizer_type, authorizer_uri, enable_simple_responses bool, identity_source array<string>, identity_validation_expression, jwt_configuration json, name, tags hstore_csv
    aws.apigatewayv2_deployment: _key, account_id, auto_deployed bool, created_date timestamp, deployment_id, deployment_status, deployment_status_message, description, tags hstore_csv
    aws.apigatewayv2_domain_name: _key, account_id, api_mapping_selection_expression, domain_name, domain_name_arn, domain_name_configurations json, mutual_tls_authentication json, routing_mode, tags hstore
    aws.apigatewayv2_integration: _key, account_id, api_gateway_managed bool, connection_id, connection_type, content_handling_strategy, credentials_arn, description, integration_id, integration_method, integration_response_selection_expression, integration_subtype, integration_type, integration_uri, passthrough_behavior, payload_format_version, request_parameters hstore, request_templates hstore, response_parameters, tags hstore_csv, template_selection_expression, timeout_in_millis int64, tls_config json
    aws.apigatewayv2_integrationresponse: _key, account_id, content_handling_strategy, integration_response_id, response_parameters hstore, response_templates hstore, tags hstore_csv, template_selection_expression
    aws.apigatewayv2_model: _key, account_id, content_type, description, model_id, name, schema, tags hstore
    aws.apigatewayv2_route: _key, account_id, api_gateway_managed bool, api_key_required bool, authorization_scopes array<string>, authorization_type, authorizer_id, model_selection_expression, operation_name, request_models hstore, request_parameters, route_id, route_response_selection_expression, tags hstore_csv, target
    aws.apigatewayv2_routeresponse: _key, account_id, model_selection_expression, response_models hstore, response_parameters, route_response_id, tags hstore_csv
    aws.apigatewayv2_routingrule: _key, account_id, actions json, conditions json, priority int64, routing_rule_arn, routing_rule_id, tags hstore_csv
    aws.apigatewayv2_stage: _key, access_log_settings json, account_id, api_gateway_managed bool, auto_deploy bool, client_certificate_id, created_date timestamp, default_route_settings json, deployment_id, description, last_deployment_status_message, last_updated_date timestamp, route_settings, stage_arn, stage_name, stage_variables hstore, tags hstore_csv
    aws.apigatewayv2_vpclink: _key, account_id, created_date timestamp, name, security_group_ids array<string>, subnet_ids array<string>, tags hstore_csv, vpc_link_id, vpc_link_status, vpc_link_status_message, vpc_link_version
    ");
}

#[test]
fn a_row_points_at_its_ancestors_and_at_what_its_file_declares() {
    let told: Vec<String> = Directory::builtin()
        .datasets()
        .flat_map(|dataset| {
            dataset.page().relations.into_iter().map(|relation| {
                format!("{} {} by {}", dataset.id, relation.dataset, relation.by.join(", "))
                    .replace("aws.apigatewayv2_", "")
            })
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    api_mapping domain_name by domain_name
    api_mapping api by api_id
    api_mapping stage by api_id, stage = stage_name
    authorizer api by api_id
    deployment api by api_id
    integration api by api_id
    integration vpclink by connection_id = vpc_link_id
    integrationresponse integration by api_id, integration_id
    integrationresponse api by api_id
    model api by api_id
    route api by api_id
    route authorizer by api_id, authorizer_id
    route integration by api_id, target = integrations/{integration_id}
    routeresponse route by api_id, route_id
    routeresponse api by api_id
    routingrule domain_name by domain_name
    stage api by api_id
    stage deployment by api_id, deployment_id
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
        assert_eq!(names[0], "_key");
        for name in ["_key", "account_id"] {
            assert!(!schema.field_with_name(name).unwrap().is_nullable(), "{name}");
        }
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
    assert_eq!(kept("aws.apigatewayv2_route"), "region, api_id, api_name, route_key");
    assert_eq!(
        kept("aws.apigatewayv2_routeresponse"),
        "region, api_id, api_name, route_id, route_response_key"
    );
    assert_eq!(kept("aws.apigatewayv2_api_mapping"), "region, domain_name, api_mapping_key");
    assert_eq!(
        directory.tag_origin("aws.apigatewayv2_stage").unwrap().table_name(),
        "apigatewayv2_stage"
    );
    assert_eq!(
        directory.tag_origin("aws.apigatewayv2_routingrule").unwrap().table_name(),
        "apigatewayv2_domain_name"
    );
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

    ## Relations

    | Dataset | By |
    | --- | --- |
    | `aws.apigatewayv2_integration` | `api_id`, `integration_id` |
    | `aws.apigatewayv2_api` | `api_id` |
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
