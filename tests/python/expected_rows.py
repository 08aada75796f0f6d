"""The rows that an account must give, made from what boto3 reads and from nothing of Census."""

import json
from datetime import datetime, timezone

from account import ACCOUNT_ID, REGIONS, Account

API = "aws.apigatewayv2_api"
INTEGRATION = "aws.apigatewayv2_integration"
RESPONSE = "aws.apigatewayv2_integrationresponse"
DATASETS = (API, INTEGRATION, RESPONSE)

# Column to member of boto3's answer.
MEMBERS = {
    API: {
        "api_endpoint": "ApiEndpoint",
        "api_gateway_managed": "ApiGatewayManaged",
        "api_id": "ApiId",
        "api_key_selection_expression": "ApiKeySelectionExpression",
        "cors_configuration": "CorsConfiguration",
        "created_date": "CreatedDate",
        "description": "Description",
        "disable_execute_api_endpoint": "DisableExecuteApiEndpoint",
        "disable_schema_validation": "DisableSchemaValidation",
        "import_info": "ImportInfo",
        "ip_address_type": "IpAddressType",
        "name": "Name",
        "protocol_type": "ProtocolType",
        "route_selection_expression": "RouteSelectionExpression",
        "version": "Version",
        "warnings": "Warnings",
    },
    INTEGRATION: {
        "api_gateway_managed": "ApiGatewayManaged",
        "connection_id": "ConnectionId",
        "connection_type": "ConnectionType",
        "content_handling_strategy": "ContentHandlingStrategy",
        "credentials_arn": "CredentialsArn",
        "description": "Description",
        "integration_id": "IntegrationId",
        "integration_method": "IntegrationMethod",
        "integration_response_selection_expression": "IntegrationResponseSelectionExpression",
        "integration_subtype": "IntegrationSubtype",
        "integration_type": "IntegrationType",
        "integration_uri": "IntegrationUri",
        "passthrough_behavior": "PassthroughBehavior",
        "payload_format_version": "PayloadFormatVersion",
        "request_parameters": "RequestParameters",
        "request_templates": "RequestTemplates",
        "response_parameters": "ResponseParameters",
        "template_selection_expression": "TemplateSelectionExpression",
        "timeout_in_millis": "TimeoutInMillis",
        "tls_config": "TlsConfig",
    },
    RESPONSE: {
        "content_handling_strategy": "ContentHandlingStrategy",
        "integration_response_id": "IntegrationResponseId",
        "response_parameters": "ResponseParameters",
        "response_templates": "ResponseTemplates",
        "template_selection_expression": "TemplateSelectionExpression",
    },
}

# Columns in the order of SELECT *: sorted by name, `_key` first.
COLUMNS = {
    API: sorted(["_key", "account_id", "tags", "api_arn", *MEMBERS[API]]),
    INTEGRATION: sorted(["_key", "account_id", "tags", *MEMBERS[INTEGRATION]]),
    RESPONSE: sorted(["_key", "account_id", "tags", *MEMBERS[RESPONSE]]),
}

# Columns that hold JSON, as a value or as text; only their meaning is compared.
JSON_COLUMNS = {
    API: {"cors_configuration"},
    INTEGRATION: {"response_parameters", "tls_config"},
    RESPONSE: set(),
}

TIMESTAMP_COLUMNS = {API: {"created_date"}, INTEGRATION: set(), RESPONSE: set()}


def expected(account: Account, regions=REGIONS) -> dict[str, list[dict]]:
    """The rows of the three datasets, each sorted by `_key`."""
    rows = {dataset: [] for dataset in DATASETS}
    for region in regions:
        for api in account.apis(region):
            _add_api(rows, account, region, api)
    return {name: sorted(found, key=lambda row: row["_key"]) for name, found in rows.items()}


def comparable(dataset: str, rows: list[dict]) -> list[dict]:
    """Rows as the binary printed them, with JSON and timestamps as values."""
    return [
        {name: _comparable_value(dataset, name, value) for name, value in row.items()}
        for row in rows
    ]


def _comparable_value(dataset: str, name: str, value):
    if value is None:
        return None
    if name in JSON_COLUMNS[dataset]:
        return _without_nulls(json.loads(value) if isinstance(value, str) else value)
    if name in TIMESTAMP_COLUMNS[dataset]:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        assert moment.tzinfo is not None, f"{name} is not RFC 3339: {value}"
        return moment.astimezone(timezone.utc)
    return value


def _add_api(rows, account: Account, region: str, api: dict) -> None:
    arn = f"arn:aws:apigateway:{region}::/apis/{api['ApiId']}"
    row = _row(API, arn, api, _tags(api.get("Tags", {}), region=region))
    rows[API].append(row | {"api_arn": arn})
    inherited = api.get("Tags", {})
    origin = {"region": region, "api_id": api["ApiId"], "api_name": api["Name"]}
    for integration in account.integrations(region, api["ApiId"]):
        integration_id = integration["IntegrationId"]
        integration_arn = f"{arn}/integrations/{integration_id}"
        tags = _tags(inherited, **origin)
        rows[INTEGRATION].append(_row(INTEGRATION, integration_arn, integration, tags))
        if api["ProtocolType"] == "HTTP":
            continue
        for response in account.responses(region, api["ApiId"], integration_id):
            tags = _tags(
                inherited,
                **origin,
                integration_id=integration_id,
                integration_response_key=response["IntegrationResponseKey"],
            )
            response_arn = (
                f"{integration_arn}/integrationresponses/{response['IntegrationResponseId']}"
            )
            rows[RESPONSE].append(_row(RESPONSE, response_arn, response, tags))


def _row(dataset: str, arn: str, item: dict, tags: dict) -> dict:
    row = {"_key": arn, "account_id": ACCOUNT_ID, "tags": tags}
    for column, member in MEMBERS[dataset].items():
        value = item.get(member)
        if isinstance(value, datetime):
            value = value.astimezone(timezone.utc)
        elif member in ("CorsConfiguration", "TlsConfig") and value is not None:
            # A structure keeps the names of the wire, which boto3 writes with a capital.
            value = {name[0].lower() + name[1:]: inner for name, inner in value.items()}
        row[column] = value
    return row


def _tags(own: dict[str, str], **origin: str) -> dict[str, str]:
    """Both values stay where a tag of the owner has the name of one of ours."""
    tags = dict(own)
    for name, value in origin.items():
        tags[name] = ",".join(sorted({tags[name], value})) if name in tags else value
    return tags


def _without_nulls(value):
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return value
