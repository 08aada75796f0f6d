"""Builds APIs in an account through boto3, and reads them back."""

import boto3

REGIONS = ("us-east-1", "eu-west-1")
ACCOUNT_ID = "123456789012"
LAMBDA_URI = (
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
    "arn:aws:lambda:us-east-1:123456789012:function:chat/invocations"
)


class Account:
    """An account behind an endpoint, one API Gateway client a region."""

    def __init__(self, endpoint_url: str):
        self._clients = {
            region: boto3.client(
                "apigatewayv2",
                region_name=region,
                endpoint_url=endpoint_url,
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
            )
            for region in REGIONS
        }

    def client(self, region: str):
        return self._clients[region]

    def create_chat(self, region: str) -> str:
        """A WebSocket API with an integration of every kind; returns its id."""
        client = self.client(region)
        api_id = client.create_api(
            Name="chat, \"Zürich\"",
            ProtocolType="WEBSOCKET",
            RouteSelectionExpression="$request.body.action",
            Description="line one\nline two",
            Tags={
                "team": "Payments, EU",
                "Größe": "groß 🦊",
                "region": "somewhere",
                "Cost Center": "",
            },
        )["ApiId"]
        self._add_lambda(client, api_id)
        self._add_http(client, api_id)
        self._add_mock(client, api_id)
        self._add_proxy(client, api_id)
        self._add_routes(client, api_id)
        client.create_stage(
            ApiId=api_id,
            StageName="prod",
            Description="Für \"alle\"",
            AutoDeploy=True,
            StageVariables={"origin": "https://example.com", "empty": ""},
            DefaultRouteSettings={"DetailedMetricsEnabled": True, "ThrottlingRateLimit": 12.5},
            RouteSettings={"join": {"LoggingLevel": "INFO"}},
            Tags={"team": "Stages", "api_id": "mine"},
        )
        return api_id

    def create_shop(self, region: str) -> str:
        """An HTTP API, which has integrations and no integration responses; returns its id."""
        client = self.client(region)
        api_id = client.create_api(
            Name="shop",
            ProtocolType="HTTP",
            Version="v1",
            CorsConfiguration={
                "AllowCredentials": True,
                "AllowOrigins": ["https://example.com", "https://example.org"],
                "MaxAge": 300,
            },
        )["ApiId"]
        client.create_integration(
            ApiId=api_id,
            IntegrationType="HTTP_PROXY",
            IntegrationMethod="ANY",
            IntegrationUri="https://example.com/{proxy}",
            PayloadFormatVersion="1.0",
            RequestParameters={"append:header.x": "$request.header.y"},
            ResponseParameters={"403": {"append:header.reason": "denied, \"for now\""}},
            TlsConfig={"ServerNameToVerify": "example.com"},
        )
        client.create_route(
            ApiId=api_id,
            RouteKey="GET /orders/{id}",
            AuthorizationType="JWT",
            AuthorizationScopes=["read", "write"],
            OperationName="order",
        )
        client.create_stage(ApiId=api_id, StageName="$default")
        return api_id

    def create_edge(self, region: str, api_id: str) -> str:
        """A domain name that leads to an API, and a VPC link; returns the domain name."""
        client = self.client(region)
        name = f"api.{region}.example.com"
        client.create_domain_name(
            DomainName=name,
            DomainNameConfigurations=[
                {"EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2", "CertificateName": "c"}
            ],
            MutualTlsAuthentication={"TruststoreUri": "s3://trust/store.pem"},
            Tags={"team": "Edge, EU", "domain_name": "mine"},
        )
        client.create_api_mapping(
            DomainName=name, ApiId=api_id, Stage="prod", ApiMappingKey="v1/orders"
        )
        client.create_vpc_link(
            Name="private",
            SubnetIds=["subnet-2", "subnet-1"],
            SecurityGroupIds=["sg-1"],
            Tags={"region": "eu-west-1a", "Ä": ""},
        )
        return name

    def delete_edge(self, region: str) -> None:
        """Deletes the domain names and VPC links of a region."""
        client = self.client(region)
        for domain in self.domain_names(region):
            client.delete_domain_name(DomainName=domain["DomainName"])
        for link in self.vpc_links(region):
            client.delete_vpc_link(VpcLinkId=link["VpcLinkId"])

    def create_empty(self, region: str) -> str:
        """A WebSocket API without children; returns its id."""
        return self.client(region).create_api(
            Name="empty",
            ProtocolType="WEBSOCKET",
            RouteSelectionExpression="$request.body.action",
        )["ApiId"]

    def create_everything(self) -> None:
        """Several APIs in both regions."""
        chat = self.create_chat("us-east-1")
        self.create_shop("us-east-1")
        self.create_edge("us-east-1", chat)
        self.create_empty("us-east-1")
        self.create_chat("eu-west-1")

    def apis(self, region: str) -> list[dict]:
        return self.client(region).get_apis()["Items"]

    def integrations(self, region: str, api_id: str) -> list[dict]:
        return self.client(region).get_integrations(ApiId=api_id)["Items"]

    def responses(self, region: str, api_id: str, integration_id: str) -> list[dict]:
        return self.client(region).get_integration_responses(
            ApiId=api_id, IntegrationId=integration_id
        )["Items"]

    def routes(self, region: str, api_id: str) -> list[dict]:
        return self.client(region).get_routes(ApiId=api_id)["Items"]

    def stages(self, region: str, api_id: str) -> list[dict]:
        return self.client(region).get_stages(ApiId=api_id)["Items"]

    def domain_names(self, region: str) -> list[dict]:
        return self.client(region).get_domain_names()["Items"]

    def api_mappings(self, region: str, domain_name: str) -> list[dict]:
        return self.client(region).get_api_mappings(DomainName=domain_name)["Items"]

    def vpc_links(self, region: str) -> list[dict]:
        return self.client(region).get_vpc_links()["Items"]

    def first_integration(self, region: str, api_id: str, kind: str) -> str:
        """The id of the integration of that type."""
        found = self.integrations(region, api_id)
        return next(item["IntegrationId"] for item in found if item["IntegrationType"] == kind)

    @staticmethod
    def _add_routes(client, api_id: str) -> None:
        [first, *_] = client.get_integrations(ApiId=api_id)["Items"]
        client.create_route(
            ApiId=api_id,
            RouteKey="join",
            Target=f"integrations/{first['IntegrationId']}",
            RouteResponseSelectionExpression="$default",
            RequestModels={"$default": "Join"},
            RequestParameters={"route.request.querystring.token": {"Required": True}},
            ApiKeyRequired=True,
        )
        client.create_route(ApiId=api_id, RouteKey="$connect")

    @staticmethod
    def _add_lambda(client, api_id: str) -> None:
        integration_id = client.create_integration(
            ApiId=api_id,
            IntegrationType="AWS",
            IntegrationMethod="POST",
            IntegrationUri=LAMBDA_URI,
            CredentialsArn="arn:aws:iam::123456789012:role/chat",
            ContentHandlingStrategy="CONVERT_TO_TEXT",
            PassthroughBehavior="WHEN_NO_MATCH",
            TemplateSelectionExpression="\\$default",
            RequestTemplates={"$default": "{\"text\": $input.json('$.text')}"},
            TimeoutInMillis=12345,
        )["IntegrationId"]
        client.create_integration_response(
            ApiId=api_id,
            IntegrationId=integration_id,
            IntegrationResponseKey="$default",
            ContentHandlingStrategy="CONVERT_TO_BINARY",
            TemplateSelectionExpression="\\$default",
            ResponseParameters={
                "method.response.header.Content-Type": "'application/json; charset=\"utf-8\"'",
                "method.response.header.X-Größe": "integration.response.body.größe",
                "method.response.header.List": "'a, b, c'",
                "method.response.header.Arrow": "'=>'",
            },
            ResponseTemplates={
                "$default": "{\n  \"id\": \"$context.connectionId\",\n  \"emoji\": \"🦊\"\n}",
                "application/json": "",
            },
        )
        client.create_integration_response(
            ApiId=api_id,
            IntegrationId=integration_id,
            IntegrationResponseKey="/.*\\[(4|5)\\d\\d\\].*/",
            ResponseParameters={},
            ResponseTemplates={},
        )

    @staticmethod
    def _add_http(client, api_id: str) -> None:
        integration_id = client.create_integration(
            ApiId=api_id,
            IntegrationType="HTTP",
            IntegrationMethod="GET",
            IntegrationUri="https://example.com/rooms",
            Description="Räume, \"alle\"",
        )["IntegrationId"]
        for key in ("$default", "/2\\d\\d/", "/4\\d\\d/"):
            client.create_integration_response(
                ApiId=api_id,
                IntegrationId=integration_id,
                IntegrationResponseKey=key,
                ContentHandlingStrategy="CONVERT_TO_TEXT",
                ResponseParameters={
                    "method.response.header.ETag": "integration.response.header.ETag"
                },
            )

    @staticmethod
    def _add_mock(client, api_id: str) -> None:
        integration_id = client.create_integration(
            ApiId=api_id,
            IntegrationType="MOCK",
            RequestTemplates={"$default": "{\"statusCode\": 200}"},
        )["IntegrationId"]
        client.create_integration_response(
            ApiId=api_id, IntegrationId=integration_id, IntegrationResponseKey="/200/"
        )

    @staticmethod
    def _add_proxy(client, api_id: str) -> None:
        # A response below a proxy has no effect, but AWS keeps it, so it is part of the census.
        integration_id = client.create_integration(
            ApiId=api_id,
            IntegrationType="AWS_PROXY",
            IntegrationMethod="POST",
            IntegrationUri=LAMBDA_URI,
        )["IntegrationId"]
        client.create_integration_response(
            ApiId=api_id,
            IntegrationId=integration_id,
            IntegrationResponseKey="$default",
            ResponseTemplates={"$default": "#set($x = 1)$x"},
        )
