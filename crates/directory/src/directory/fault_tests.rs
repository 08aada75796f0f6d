//! Every fault of a dataset file, as it is told.

use crate::{Directory, DirectoryError, Fault};
use std::fs;

/// A faultless dataset below the builtin API.
const THING: &str = r#"id = "aws.thing"
title = "Thing"
description = "A thing."
key = "arn:{partition}:x:{region}::/apis/{api_id}/things/{thing_id}"

[parent]
dataset = "aws.apigatewayv2_api"
skip = { protocol_type = ["HTTP"] }

[list]
service = "things"
endpoint_prefix = "things"
signing_name = "things"
operation = "GetThings"
action = "things:GET"
resource = "*"
path = "/apis/{api_id}/things"
items = "items"
paging = { size_parameter = "maxResults", size = 500, token_parameter = "nextToken", token_member = "nextToken" }

[[lineage]]
name = "thing_id"
tag = true

[[column]]
name = "_key"
type = "string"
description = "Key."

[[column]]
name = "account_id"
type = "string"
description = "Account."

[[column]]
name = "size"
type = "int64"
description = "Size."

[[column]]
name = "tags"
type = "hstore_csv"
description = "Tags."

[[column]]
name = "thing_id"
type = "string"
description = "Id."
"#;

/// Loads files (path below the folder, text) over the builtin ones.
fn load(files: &[(&str, &str)]) -> Result<Directory, DirectoryError> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    Directory::load(folder.path())
}

/// Returns what is told of files, without the temporary folder.
fn told(files: &[(&str, &str)]) -> String {
    let Err(DirectoryError::Faulty(faults)) = load(files) else {
        return "no fault".to_owned();
    };
    let lines: Vec<String> = faults.iter().map(without_folder).collect();
    lines.join("\n")
}

fn without_folder(fault: &Fault) -> String {
    let (schema, file) = fault.file.rsplit_once('/').unwrap();
    let schema = schema.rsplit('/').next().unwrap();
    Fault { file: format!("{schema}/{file}"), ..fault.clone() }.sentence()
}

/// Returns what is told of the faultless dataset with one text replaced.
fn told_with(from: &str, to: &str) -> String {
    assert!(THING.contains(from), "{from}");
    told(&[("aws/thing.toml", &THING.replacen(from, to, 1))])
}

#[test]
fn a_file_of_ones_own_joins_the_builtin_ones() {
    let directory = load(&[("aws/thing.toml", THING)]).unwrap();
    let thing = directory.dataset("aws.thing").unwrap();
    assert_eq!(thing.kept_tags(), ["region", "api_id", "api_name"]);
    assert_eq!(directory.children("aws.apigatewayv2_api").len(), 7);
}

#[test]
fn a_file_with_the_id_of_a_builtin_dataset_replaces_it() {
    let text = include_str!("../../../../directory/aws/apigatewayv2_api.toml")
        .replace("API Gateway V2 API", "Ours");
    let directory = load(&[("aws/apigatewayv2_api.toml", &text)]).unwrap();
    assert_eq!(directory.dataset("aws.apigatewayv2_api").unwrap().title, "Ours");
}

#[test]
fn a_relation_must_lead_somewhere() {
    let told_relation =
        |relation: &str| told_with("[[lineage]]", &format!("{relation}\n\n[[lineage]]"));
    insta::assert_snapshot!(told_relation("[[relation]]\ndataset = \"aws.apigatewayv2_stag\""), @r#"aws/thing.toml:22: related dataset "aws.apigatewayv2_stag" does not exist: Perhaps the dataset "aws.apigatewayv2_stage"."#);
    insta::assert_snapshot!(told_relation("[[relation]]\ndataset = \"aws.apigatewayv2_stage\""), @r#"aws/thing.toml:22: "stage_name" is neither a column of text nor a tag of the dataset: Where it goes by another name, say so: by = { other_id = "own_column" }."#);
    insta::assert_snapshot!(told_relation("[[relation]]\ndataset = \"aws.apigatewayv2_stage\"\nby = { stage = \"thing_id\" }"), @r#"aws/thing.toml:23: "stage" is no id of dataset "aws.apigatewayv2_stage": Its ids are api_id, stage_name."#);
    insta::assert_snapshot!(told_relation("[[relation]]\ndataset = \"aws.apigatewayv2_stage\"\nby = { stage_name = \"thign_id\" }"), @r#"aws/thing.toml:23: "thign_id" is neither a column of text nor a tag of the dataset: Perhaps "thing_id"."#);
    assert_eq!(
        told_relation(
            "[[relation]]\ndataset = \"aws.apigatewayv2_stage\"\nby = { stage_name = \"thing_id\" }"
        ),
        "no fault"
    );
}

#[test]
fn text_that_is_no_toml_is_told_with_its_line() {
    insta::assert_snapshot!(told_with("title = \"Thing\"", "title = Thing"), @r#"aws/thing.toml:2: invalid boolean, expected "true""#);
}

#[test]
fn an_unknown_key_is_told_with_the_nearest() {
    insta::assert_snapshot!(told_with("title =", "titel ="), @r#"aws/thing.toml:2: unknown key "titel": Perhaps "title"."#);
    insta::assert_snapshot!(told_with("type = \"int64\"", "type = \"int64\"\nwidth = 3"), @r#"aws/thing.toml:38: unknown key "width", expected one of "name", "type", "description", "member", "json_text", "template""#);
}

#[test]
fn a_missing_key_is_told() {
    insta::assert_snapshot!(told_with("items = \"items\"\n", ""), @r#"aws/thing.toml:10: missing key "items""#);
}

#[test]
fn a_value_of_the_wrong_kind_is_told() {
    insta::assert_snapshot!(told_with("size = 500", "size = \"many\""), @r#"aws/thing.toml:19: invalid type: string "many", expected a whole number"#);
}

#[test]
fn an_id_other_than_the_files_name_is_told() {
    insta::assert_snapshot!(told_with("id = \"aws.thing\"", "id = \"aws.think\""), @r#"aws/thing.toml:1: id "aws.think" does not match the file's name: Expected "aws.thing"."#);
}

#[test]
fn a_reserved_schema_is_told() {
    let text = THING.replace("id = \"aws.thing\"", "id = \"census.thing\"");
    insta::assert_snapshot!(told(&[("census/thing.toml", &text)]), @r#"census/thing.toml:1: schema "census" is reserved"#);
}

#[test]
fn missing_title_and_descriptions_are_told() {
    let text = THING
        .replace("title = \"Thing\"\n", "")
        .replace("\"A thing.\"", "\" \"")
        .replace("description = \"Size.\"\n", "");
    insta::assert_snapshot!(told(&[("aws/thing.toml", &text)]), @r#"
    aws/thing.toml:1: the dataset has no title
    aws/thing.toml:2: the dataset has no description
    aws/thing.toml:35: column "size" has no description
    "#);
}

#[test]
fn missing_columns_of_every_dataset_are_told() {
    let text = THING
        .replace("name = \"account_id\"", "name = \"b\"")
        .replace("name = \"tags\"\ntype = \"hstore_csv\"", "name = \"t\"\ntype = \"hstore\"");
    insta::assert_snapshot!(told(&[("aws/thing.toml", &text)]), @r#"
    aws/thing.toml:1: column "account_id" is missing
    aws/thing.toml:1: column "tags" is missing
    "#);
}

#[test]
fn a_column_defined_twice_is_told() {
    insta::assert_snapshot!(told_with("name = \"tags\"", "name = \"size\""), @r#"
    aws/thing.toml:1: column "tags" is missing
    aws/thing.toml:41: column "size" is defined twice
    "#);
}

#[test]
fn a_column_out_of_order_is_told() {
    insta::assert_snapshot!(told_with("name = \"size\"", "name = \"width\""), @r#"
    aws/thing.toml:41: column "tags" is out of order: Columns are "_key", then the others by name; it belongs before "width".
    aws/thing.toml:46: column "thing_id" is out of order: Columns are "_key", then the others by name; it belongs before "width".
    "#);
}

#[test]
fn a_name_that_sql_would_have_to_quote_is_told() {
    insta::assert_snapshot!(told_with("name = \"size\"", "name = \"fileSize\""), @r#"aws/thing.toml:36: "fileSize" is not a column name: Expected lower snake case."#);
}

#[test]
fn an_unknown_type_is_told_with_the_nearest_or_all() {
    insta::assert_snapshot!(told_with("\"int64\"", "\"in64\""), @r#"aws/thing.toml:37: unknown column type "in64": Perhaps "int64"."#);
    insta::assert_snapshot!(told_with("\"int64\"", "\"decimal\""), @r#"aws/thing.toml:37: unknown column type "decimal": Types are string, bool, int64, float64, timestamp, json, hstore, hstore_csv, array<string>."#);
}

#[test]
fn a_type_that_a_column_cannot_have_is_told() {
    insta::assert_snapshot!(told_with("\"hstore_csv\"", "\"json\""), @r#"aws/thing.toml:42: column "tags" cannot be of type "json": Expected hstore or hstore_csv."#);
    insta::assert_snapshot!(told_with("\"int64\"", "\"hstore_csv\""), @r#"aws/thing.toml:37: column "size" cannot be of type "hstore_csv": Expected hstore: only tags join values with commas."#);
    insta::assert_snapshot!(told_with("\"int64\"", "\"int64\"\njson_text = true"), @r#"aws/thing.toml:37: column "size" cannot be of type "int64": Expected string."#);
    insta::assert_snapshot!(told_with("name = \"_key\"\ntype = \"string\"", "name = \"_key\"\ntype = \"int64\""), @r#"aws/thing.toml:27: column "_key" cannot be of type "int64": Expected string."#);
}

#[test]
fn keys_that_contradict_each_other_are_told() {
    insta::assert_snapshot!(told_with("\"hstore_csv\"", "\"hstore_csv\"\nmember = \"tags\""), @r#"aws/thing.toml:43: column "tags" cannot have "member": Every dataset has this column from its own rules."#);
    insta::assert_snapshot!(
        told_with("\"int64\"", "\"string\"\nmember = \"size\"\ntemplate = \"{api_id}\""),
        @r#"aws/thing.toml:38: column "size" cannot have "member": A template needs no member."#
    );
}

#[test]
fn text_that_is_no_template_is_told() {
    insta::assert_snapshot!(told_with("/things/{thing_id}", "/things/{thing_id"), @r#"aws/thing.toml:4: unbalanced brace in "arn:{partition}:x:{region}::/apis/{api_id}/things/{thing_id""#);
    insta::assert_snapshot!(told_with("/things/{thing_id}", "/things/{ThingId}"), @r#"aws/thing.toml:4: "ThingId" is not the name of a variable"#);
}

#[test]
fn values_that_their_keys_do_not_take_are_told() {
    let text = THING
        .replace("things:GET", "GET")
        .replace("\"/apis/{api_id}/things\"", "\"apis/{api_id}/things\"")
        .replace("size = 500", "size = 0")
        .replace("name = \"thing_id\"\ntag = true", "name = \"thingId\"\ntag = true");
    insta::assert_snapshot!(told(&[("aws/thing.toml", &text)]), @r#"
    aws/thing.toml:15: "GET" is not an action such as apigateway:GET
    aws/thing.toml:17: "apis/{api_id}/things" is not a path that starts with a slash
    aws/thing.toml:19: "0" is not a page size
    aws/thing.toml:22: "thingId" is not a variable in lower snake case
    "#);
}

#[test]
fn a_variable_that_no_ancestor_hands_down_is_told() {
    insta::assert_snapshot!(told_with("/apis/{api_id}/things\"", "/apis/{api_di}/things\""), @r#"aws/thing.toml:17: no ancestor hands down the variable "api_di": Perhaps "api_id"."#);
    insta::assert_snapshot!(told_with("/apis/{api_id}/things\"", "/apis/{thing_id}/things\""), @r#"aws/thing.toml:17: no ancestor hands down the variable "thing_id": Variables here are partition, region, account_id, dns_suffix, api_id, api_name, protocol_type."#);
    insta::assert_snapshot!(told_with("things/{thing_id}", "things/{id}"), @r#"aws/thing.toml:4: no ancestor hands down the variable "id": Variables here are partition, region, account_id, dns_suffix, api_id, api_name, protocol_type, thing_id."#);
    insta::assert_snapshot!(told_with("{ protocol_type", "{ protocol"), @r#"aws/thing.toml:8: no ancestor hands down the variable "protocol": Variables here are api_id, api_name, protocol_type."#);
}

#[test]
fn a_variable_handed_down_twice_is_told() {
    insta::assert_snapshot!(told_with("name = \"thing_id\"\ntag", "name = \"api_id\"\ntag"), @r#"aws/thing.toml:22: variable "api_id" is already handed down by "aws.apigatewayv2_api""#);
    insta::assert_snapshot!(told_with("name = \"thing_id\"\ntag", "name = \"region\"\ntag"), @r#"aws/thing.toml:22: variable "region" is already handed down by every scope"#);
    insta::assert_snapshot!(told_with("[[lineage]]", "[[lineage]]\nname = \"thing_id\"\n\n[[lineage]]"), @r#"aws/thing.toml:25: variable "thing_id" is already handed down by the dataset itself"#);
}

#[test]
fn an_unknown_parent_is_told_with_the_nearest() {
    insta::assert_snapshot!(told_with("aws.apigatewayv2_api\"", "aws.apigatewayv2_apis\""), @r#"aws/thing.toml:7: parent dataset "aws.apigatewayv2_apis" does not exist: Perhaps the dataset "aws.apigatewayv2_api"."#);
}

#[test]
fn a_dataset_that_is_its_own_ancestor_is_told() {
    let one = THING.replace("aws.apigatewayv2_api\"", "aws.two\"").replace("aws.thing", "aws.one");
    let two = THING.replace("aws.apigatewayv2_api\"", "aws.one\"").replace("aws.thing", "aws.two");
    let below = THING.replace("aws.apigatewayv2_api\"", "aws.one\"");
    insta::assert_snapshot!(
        told(&[("aws/one.toml", &one), ("aws/two.toml", &two), ("aws/thing.toml", &below)]),
        @r#"
        aws/one.toml:7: dataset "aws.one" is its own ancestor: aws.one → aws.two → aws.one.
        aws/two.toml:7: dataset "aws.two" is its own ancestor: aws.two → aws.one → aws.two.
        "#
    );
}

#[test]
fn the_children_of_a_file_of_the_wrong_shape_are_not_blamed() {
    let child = THING.replace("aws.apigatewayv2_api\"", "aws.parent\"");
    insta::assert_snapshot!(told(&[("aws/thing.toml", &child), ("aws/parent.toml", "id = 3")]), @r#"aws/parent.toml:1: invalid type: integer "3", expected a string"#);
}

#[test]
fn the_faults_of_all_files_are_told_at_once() {
    let one = THING
        .replace("aws.thing", "aws.one")
        .replace("\"int64\"", "\"in64\"")
        .replace("{api_id}", "{api}");
    let two = THING.replace("title =", "titel =");
    let error = load(&[("aws/one.toml", &one), ("aws/thing.toml", &two)]).unwrap_err();
    let DirectoryError::Faulty(faults) = &error else { panic!("{error}") };
    assert_eq!(faults.len(), 4);
    let product = census_error::Error::from(error);
    assert_eq!(product.sqlstate(), census_error::SqlState::ConfigFileError);
    assert!(product.message().ends_with("(and 3 more)"));
    assert_eq!(product.detail().unwrap().lines().count(), 4);
}

#[test]
fn a_file_outside_the_folder_of_a_schema_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thing.toml"), THING).unwrap();
    let Err(DirectoryError::Faulty(faults)) = Directory::load(folder.path()) else {
        panic!("no fault")
    };
    insta::assert_snapshot!(faults[0].kind, @"the file is not in the folder of a schema");
    assert_eq!(faults.len(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = census_error::Error::from(Directory::load(&missing).unwrap_err());
    assert_eq!(error.sqlstate(), census_error::SqlState::IoError);
    assert!(error.message().ends_with("missing\" cannot be read"));
}

#[test]
fn a_file_that_is_no_text_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("aws")).unwrap();
    fs::write(folder.path().join("aws/thing.toml"), [0xff, 0xfe]).unwrap();
    let Err(DirectoryError::Faulty(faults)) = Directory::load(folder.path()) else {
        panic!("no fault")
    };
    insta::assert_snapshot!(without_folder(&faults[0]), @"aws/thing.toml: the file cannot be read: stream did not contain valid UTF-8");
}

/// The shapes that datasets still to come need: lists of an account, other members and page sizes, grandchildren.
#[test]
fn the_format_expresses_lists_below_domain_names() {
    let domain = THING
        .replace("aws.thing", "aws.domain")
        .replace(
            "[parent]\ndataset = \"aws.apigatewayv2_api\"\nskip = { protocol_type = [\"HTTP\"] }\n",
            "",
        )
        .replace("/apis/{api_id}/things", "/v2/domainnames")
        .replace("name = \"thing_id\"\ntag", "name = \"domain_name\"\nmember = \"domainName\"\ntag")
        .replace("[[lineage]]", "[tags]\nown = \"tags\"\n\n[[lineage]]");
    let rule = THING
        .replace("aws.apigatewayv2_api\"\nskip = { protocol_type = [\"HTTP\"] }", "aws.domain\"")
        .replace("aws.thing", "aws.rule")
        .replace(
            "arn:{partition}:x:{region}::/apis/{api_id}",
            "arn:{partition}:x:{region}:{account_id}:/{domain_name}",
        )
        .replace("/apis/{api_id}/things", "/v2/domainnames/{domain_name}/routingrules")
        .replace("items = \"items\"", "items = \"routingRules\"")
        .replace("size = 500", "size = 100");
    let directory = load(&[("aws/domain.toml", &domain), ("aws/rule.toml", &rule)]).unwrap();
    let rule = directory.dataset("aws.rule").unwrap();
    assert_eq!((rule.list.items.as_str(), rule.list.paging.size), ("routingRules", 100));
    assert_eq!(rule.kept_tags(), ["region", "domain_name"]);
    assert_eq!(directory.tag_origin("aws.rule").unwrap().id, "aws.domain");
}
