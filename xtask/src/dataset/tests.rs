//! A draft follows from its model.

use super::*;

const MODEL: &str = r#"{
  "metadata": { "protocol": "rest-json", "endpointPrefix": "things", "serviceId": "Thing Store" },
  "operations": {
    "ListThings": {
      "name": "ListThings",
      "http": { "method": "GET", "requestUri": "/v1/boxes/{boxId}/things" },
      "input": { "shape": "ListThingsRequest" },
      "output": { "shape": "ListThingsResponse" }
    },
    "DropThing": {
      "name": "DropThing",
      "http": { "method": "DELETE", "requestUri": "/v1/things" }
    }
  },
  "shapes": {
    "ListThingsRequest": { "type": "structure", "members": {
      "BoxId": { "shape": "Text", "locationName": "boxId" },
      "MaxResults": { "shape": "Number", "locationName": "maxResults" },
      "NextToken": { "shape": "Text", "locationName": "nextToken" } } },
    "ListThingsResponse": { "type": "structure", "members": {
      "Things": { "shape": "Things", "locationName": "things" },
      "NextToken": { "shape": "Text", "locationName": "nextToken" } } },
    "Things": { "type": "list", "member": { "shape": "Thing" } },
    "Thing": { "type": "structure", "members": {
      "ThingId": { "shape": "Text", "locationName": "thingId" },
      "SortKey": { "shape": "Text", "locationName": "sortKey" },
      "URL": { "shape": "Text", "locationName": "URL" },
      "Size": { "shape": "Number", "locationName": "size" },
      "Parts": { "shape": "Parts", "locationName": "parts" },
      "Tags": { "shape": "Tags", "locationName": "tags" } } },
    "Parts": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Number" } },
    "Tags": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Text" } },
    "Text": { "type": "string" },
    "Number": { "type": "integer" }
  }
}"#;

fn drafted(operation: &str) -> Result<String> {
    of_model(&serde_json::from_str(MODEL)?, operation)
}

#[test]
fn names_and_types_follow_from_the_model() {
    let draft = drafted("ListThings").unwrap();
    let file: toml::Table = toml::from_str(&draft).unwrap();
    assert_eq!(file["id"].as_str(), Some("aws.thingstore_thing"));
    assert_eq!(file["parent"]["dataset"].as_str(), Some("aws.thingstore_box"));
    assert_eq!(file["list"]["path"].as_str(), Some("/v1/boxes/{box_id}/things"));
    assert_eq!(file["list"]["items"].as_str(), Some("things"));
    assert_eq!(file["list"]["paging"]["token_parameter"].as_str(), Some("nextToken"));
    assert_eq!(file["tags"]["own"].as_str(), Some("tags"));
    assert_eq!(file["tags"]["members"]["sort_key"].as_str(), Some("sortKey"));
    let columns: Vec<String> = file["column"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| {
            format!("{} {}", column["name"].as_str().unwrap(), column["type"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        columns,
        [
            "_key string",
            "account_id string",
            "parts string",
            "size int64",
            "tags hstore",
            "thing_id string",
            "url string"
        ]
    );
    assert!(draft.contains("name = \"url\"\ntype = \"string\"\nmember = \"URL\"\n"));
    assert!(draft.contains("name = \"parts\"\ntype = \"string\"\njson_text = true\n"));
}

#[test]
fn what_is_no_list_is_refused() {
    assert_eq!(
        drafted("DropThing").unwrap_err().to_string(),
        "DropThing is not a GET of a REST-JSON service, which is all that datasets are listed by"
    );
    assert_eq!(
        drafted("ListThing").unwrap_err().to_string(),
        "the model has no operation \"ListThing\"; it has DropThing, ListThings"
    );
}
