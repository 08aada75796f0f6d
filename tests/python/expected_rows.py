"""The rows that an account must give, made from what boto3 reads and from nothing of Census."""

import json
from datetime import datetime, timezone

from account import ACCOUNT_ID, REGIONS, Account

API = "aws.apigatewayv2_api"
INTEGRATION = "aws.apigatewayv2_integration"
RESPONSE = "aws.apigatewayv2_integrationresponse"
ROUTE = "aws.apigatewayv2_route"
STAGE = "aws.apigatewayv2_stage"
DOMAIN = "aws.apigatewayv2_domain_name"
MAPPING = "aws.apigatewayv2_api_mapping"
VPC_LINK = "aws.apigatewayv2_vpclink"

# moto lacks the lists of the other five.
DATASETS = (API, INTEGRATION, RESPONSE, ROUTE, STAGE, DOMAIN, MAPPING, VPC_LINK)

# Member of boto3's answer of each column; a column is its member in snake case.
MEMBERS = {
    API: (
        "ApiEndpoint ApiGatewayManaged ApiId ApiKeySelectionExpression CorsConfiguration CreatedDate Description "
        "DisableExecuteApiEndpoint DisableSchemaValidation ImportInfo IpAddressType Name ProtocolType "
        "RouteSelectionExpression Version Warnings"
    ),
    INTEGRATION: (
        "ApiGatewayManaged ConnectionId ConnectionType ContentHandlingStrategy CredentialsArn Description "
        "IntegrationId IntegrationMethod IntegrationResponseSelectionExpression IntegrationSubtype IntegrationType "
        "IntegrationUri PassthroughBehavior PayloadFormatVersion RequestParameters RequestTemplates "
        "ResponseParameters TemplateSelectionExpression TimeoutInMillis TlsConfig"
    ),
    RESPONSE: (
        "ContentHandlingStrategy IntegrationResponseId ResponseParameters ResponseTemplates "
        "TemplateSelectionExpression"
    ),
    ROUTE: (
        "ApiGatewayManaged ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId "
        "ModelSelectionExpression OperationName RequestModels RequestParameters RouteId "
        "RouteResponseSelectionExpression Target"
    ),
    STAGE: (
        "AccessLogSettings ApiGatewayManaged AutoDeploy ClientCertificateId CreatedDate DefaultRouteSettings "
        "DeploymentId Description LastDeploymentStatusMessage LastUpdatedDate RouteSettings StageName StageVariables"
    ),
    DOMAIN: (
        "ApiMappingSelectionExpression DomainName DomainNameArn DomainNameConfigurations MutualTlsAuthentication "
        "RoutingMode"
    ),
    MAPPING: "ApiId ApiMappingId Stage",
    VPC_LINK: (
        "CreatedDate Name SecurityGroupIds SubnetIds VpcLinkId VpcLinkStatus VpcLinkStatusMessage VpcLinkVersion"
    ),
}

# Columns that Census composes, besides `_key`, `account_id` and `tags`.
COMPOSED = {API: ["api_arn"], STAGE: ["stage_arn"], MAPPING: ["api_mapping_arn"]}

# Columns that hold JSON, as a value or as text; only their meaning is compared.
JSON_COLUMNS = {
    API: {"cors_configuration"},
    INTEGRATION: {"response_parameters", "tls_config"},
    ROUTE: {"request_parameters"},
    STAGE: {"access_log_settings", "default_route_settings", "route_settings"},
    DOMAIN: {"domain_name_configurations", "mutual_tls_authentication"},
}

# Maps whose own keys are the owner's, not members: only what is in their values has names of the wire.
MAPS = {"response_parameters", "request_parameters", "route_settings"}

TIMESTAMP_COLUMNS = {"created_date", "last_updated_date"}


def column_of(member: str) -> str:
    """The column of a member: `ApiId` is `api_id`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in member)[1:]


# Columns in the order of SELECT *: sorted by name, `_key` first.
COLUMNS = {
    dataset: sorted(
        ["_key", "account_id", "tags", *COMPOSED.get(dataset, [])]
        + [column_of(member) for member in members.split()]
    )
    for dataset, members in MEMBERS.items()
}


def expected(account: Account, regions=REGIONS) -> dict[str, list[dict]]:
    """The rows of the datasets that moto lists, each sorted by `_key`."""
    rows = {dataset: [] for dataset in DATASETS}
    for region in regions:
        for api in account.apis(region):
            _add_api(rows, account, region, api)
        for domain in account.domain_names(region):
            _add_domain(rows, account, region, domain)
        for link in account.vpc_links(region):
            arn = f"arn:aws:apigateway:{region}::/vpclinks/{link['VpcLinkId']}"
            tags = _tags(link.get("Tags", {}), region=region)
            rows[VPC_LINK].append(_row(VPC_LINK, arn, link, tags))
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
    if name in JSON_COLUMNS.get(dataset, ()):
        return _without_nulls(json.loads(value) if isinstance(value, str) else value)
    if name in TIMESTAMP_COLUMNS:
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
    for route in account.routes(region, api["ApiId"]):
        tags = _tags(inherited, **origin, route_key=route["RouteKey"])
        rows[ROUTE].append(_row(ROUTE, f"{arn}/routes/{route['RouteId']}", route, tags))
    for stage in account.stages(region, api["ApiId"]):
        stage_arn = f"{arn}/stages/{stage['StageName']}"
        row = _row(STAGE, stage_arn, stage, _tags(stage.get("Tags", {}), **origin))
        rows[STAGE].append(row | {"stage_arn": stage_arn})
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


def _add_domain(rows, account: Account, region: str, domain: dict) -> None:
    name = domain["DomainName"]
    arn = f"arn:aws:apigateway:{region}::/domainnames/{name}"
    own = domain.get("Tags", {})
    rows[DOMAIN].append(_row(DOMAIN, arn, domain, _tags(own, region=region)))
    for mapping in account.api_mappings(region, name):
        mapping_arn = f"{arn}/apimappings/{mapping['ApiMappingId']}"
        key = mapping["ApiMappingKey"]
        tags = _tags(own, region=region, domain_name=name, api_mapping_key=key)
        row = _row(MAPPING, mapping_arn, mapping, tags)
        rows[MAPPING].append(row | {"api_mapping_arn": mapping_arn})


def _row(dataset: str, arn: str, item: dict, tags: dict) -> dict:
    row = {"_key": arn, "account_id": ACCOUNT_ID, "tags": tags}
    for member in MEMBERS[dataset].split():
        column, value = column_of(member), item.get(member)
        if isinstance(value, datetime):
            value = value.astimezone(timezone.utc)
        elif column in JSON_COLUMNS.get(dataset, ()) and value is not None:
            value = _on_the_wire(value, is_map=column in MAPS)
        row[column] = value
    return row


def _on_the_wire(value, is_map=False):
    """A structure keeps the names of the wire, which boto3 writes with a capital."""
    if isinstance(value, list):
        return [_on_the_wire(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name if is_map else name[0].lower() + name[1:]: _on_the_wire(inner)
        for name, inner in value.items()
    }


def _tags(own: dict[str, str], **origin: str) -> dict[str, str]:
    """Both values stay where a tag of the owner has the name of one of ours."""
    tags = dict(own)
    for name, value in origin.items():
        tags[name] = ",".join(sorted({tags[name], value})) if name in tags else value
    return tags


def _without_nulls(value):
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value
