//! Makes AWS's items out of the sample's tables.

use super::fault::SampleFault;
use super::identifier::id_of;
use super::spec::{Api as ApiSpec, Backend, Faults, Integration as IntegrationSpec, Pairs};
use super::spec::{Reply, Response};
use crate::inventory::{Api, Integration, Items, Route};
use serde_json::{Value, json};

/// Where an API is put, and the faults met on the way.
pub(super) struct Builder<'a> {
    pub(super) account_id: &'a str,
    pub(super) region: &'a str,
    pub(super) faults: &'a mut Vec<SampleFault>,
}

/// Returns a JSON object of pairs.
pub(super) fn object(pairs: Pairs) -> Value {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

impl Builder<'_> {
    /// Returns the id of an API of the sample.
    pub(super) fn api_id(&self, name: &str) -> String {
        id_of(10, &format!("{}/{}/{name}", self.account_id, self.region))
    }

    /// Makes an API with its children.
    pub(super) fn api(&mut self, spec: &ApiSpec) -> Api {
        let api_id = self.api_id(spec.name);
        let authorizers = self.authorizers(spec, &api_id);
        let mut api = Api {
            item: self.api_item(spec, &api_id),
            models: models(spec, &api_id),
            stages: stages(spec, &api_id),
            deployments: deployments(spec, &api_id),
            ..Api::default()
        };
        for integration in spec.integrations {
            api.integrations.push(self.integration(spec, integration, &api_id));
        }
        for (index, route) in spec.routes.iter().enumerate() {
            let authorizer = (index == 0).then(|| authorizers.first()).flatten();
            api.routes.push(self.route(spec, *route, &api_id, authorizer));
        }
        api.authorizers = authorizers;
        api
    }

    fn api_item(&self, spec: &ApiSpec, api_id: &str) -> Value {
        let (scheme, protocol, selection) = if spec.websocket {
            ("wss", "WEBSOCKET", "$request.body.action")
        } else {
            ("https", "HTTP", "${request.method} ${request.path}")
        };
        let region = self.region;
        let mut item = json!({
            "apiEndpoint": format!("{scheme}://{api_id}.execute-api.{region}.amazonaws.com"),
            "apiId": api_id,
            "apiKeySelectionExpression": "$request.header.x-api-key",
            "createdDate": spec.created,
            "disableExecuteApiEndpoint": false,
            "ipAddressType": "ipv4",
            "name": spec.name,
            "protocolType": protocol,
            "routeSelectionExpression": selection,
        });
        if let Some(description) = spec.description {
            item["description"] = json!(description);
        }
        if let Some(tags) = spec.tags {
            item["tags"] = object(tags);
        }
        if !spec.websocket {
            item["corsConfiguration"] = json!({
                "allowMethods": ["GET", "POST"],
                "allowOrigins": ["https://app.example.com"],
                "maxAge": 300,
            });
        }
        item
    }

    fn integration(
        &mut self,
        spec: &ApiSpec,
        integration: &IntegrationSpec,
        api_id: &str,
    ) -> Integration {
        let id = id_of(7, &format!("{api_id}/integrations/{}", integration.name));
        let path = format!("/apis/{api_id}/integrations/{id}");
        self.note(&path, integration.faults);
        let mut items = Vec::new();
        for (index, response) in integration.responses.iter().copied().flatten().enumerate() {
            let response_id = id_of(7, &format!("{path}/{index}"));
            let response_path = format!("{path}/integrationresponses/{response_id}");
            self.note(&response_path, response.faults);
            items.push(response_item(response, &response_id));
        }
        Integration {
            item: self.integration_item(spec.websocket, integration, &id),
            responses: Items::Listed(items),
        }
    }

    fn integration_item(&self, websocket: bool, spec: &IntegrationSpec, id: &str) -> Value {
        let mut item = json!({
            "connectionType": "INTERNET",
            "description": spec.name,
            "integrationId": id,
            "integrationMethod": "POST",
            "passthroughBehavior": "WHEN_NO_MATCH",
            "payloadFormatVersion": if websocket { "1.0" } else { "2.0" },
            "timeoutInMillis": if websocket { 29_000 } else { 30_000 },
        });
        let (region, account_id) = (self.region, self.account_id);
        let function = |name: &str| {
            format!(
                "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/\
                 arn:aws:lambda:{region}:{account_id}:function:{name}/invocations"
            )
        };
        let kind = match spec.backend {
            Backend::Lambda(name) => {
                item["integrationUri"] = json!(function(name));
                item["integrationResponseSelectionExpression"] =
                    json!("${integration.response.body.errorMessage}");
                item["requestTemplates"] = json!({ "$default": "$input.json('$')" });
                item["templateSelectionExpression"] = json!("\\$default");
                "AWS"
            }
            Backend::LambdaProxy(name) => {
                item["integrationUri"] = json!(function(name));
                "AWS_PROXY"
            }
            Backend::Http(method, uri) => {
                item["integrationMethod"] = json!(method);
                item["integrationUri"] = json!(uri);
                item["integrationResponseSelectionExpression"] =
                    json!("${integration.response.statuscode}");
                item["requestParameters"] =
                    json!({ "integration.request.header.X-Request-Id": "context.requestId" });
                "HTTP"
            }
            Backend::HttpProxy(method, uri) => {
                item["integrationMethod"] = json!(method);
                item["integrationUri"] = json!(uri);
                item["payloadFormatVersion"] = json!("1.0");
                item["responseParameters"] = json!({ "404": { "overwrite:statuscode": "410" } });
                "HTTP_PROXY"
            }
            Backend::Mock => {
                item["integrationResponseSelectionExpression"] =
                    json!("${integration.response.statuscode}");
                item["requestTemplates"] = json!({ "$default": "{\"statusCode\": 200}" });
                item["templateSelectionExpression"] = json!("\\$default");
                "MOCK"
            }
            Backend::Service(action) => {
                item["integrationUri"] = json!(format!("arn:aws:apigateway:{region}:{action}"));
                item["credentialsArn"] =
                    json!(format!("arn:aws:iam::{account_id}:role/apigateway-{}", spec.name));
                item["integrationResponseSelectionExpression"] =
                    json!("${integration.response.statuscode}");
                "AWS"
            }
        };
        item["integrationType"] = json!(kind);
        item
    }

    fn route(
        &mut self,
        spec: &ApiSpec,
        (key, target, reply): super::spec::Route,
        api_id: &str,
        authorizer: Option<&Value>,
    ) -> Route {
        let id = id_of(7, &format!("{api_id}/routes/{key}"));
        let target = id_of(7, &format!("{api_id}/integrations/{target}"));
        let mut item = json!({
            "apiKeyRequired": false,
            "authorizationType": "NONE",
            "routeId": id,
            "routeKey": key,
            "target": format!("integrations/{target}"),
        });
        if let Some(authorizer) = authorizer {
            item["authorizationType"] = json!(if spec.websocket { "CUSTOM" } else { "JWT" });
            item["authorizerId"] = authorizer["authorizerId"].clone();
            if !spec.websocket {
                item["authorizationScopes"] = json!(["read", "write"]);
            }
        }
        if matches!(reply, Reply::TwoWay | Reply::ResponseMissing) {
            item["routeResponseSelectionExpression"] = json!("$default");
        }
        let fault: Faults = match reply {
            Reply::ResponseMissing => &[("RR-MISSING", "an expression without route response")],
            Reply::ExpressionMissing => {
                &[("RR-EXPRESSION-MISSING", "a route response without expression")]
            }
            Reply::TwoWay | Reply::OneWay => &[],
        };
        self.note(&format!("/apis/{api_id}/routes/{id}"), fault);
        let mut responses = Vec::new();
        if matches!(reply, Reply::TwoWay | Reply::ExpressionMissing) {
            responses.push(json!({
                "routeResponseId": id_of(7, &format!("{api_id}/routes/{key}/response")),
                "routeResponseKey": "$default",
            }));
        }
        Route { item, responses }
    }

    fn authorizers(&self, spec: &ApiSpec, api_id: &str) -> Vec<Value> {
        let region = self.region;
        let authorizer = |name: &&str| {
            let mut item = json!({
                "authorizerId": id_of(6, &format!("{api_id}/authorizers/{name}")),
                "name": name,
            });
            if spec.websocket {
                item["authorizerType"] = json!("REQUEST");
                item["authorizerUri"] = json!(format!(
                    "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/\
                     arn:aws:lambda:{region}:{}:function:{name}/invocations",
                    self.account_id
                ));
                item["identitySource"] = json!(["route.request.header.Authorization"]);
                return item;
            }
            item["authorizerType"] = json!("JWT");
            item["identitySource"] = json!(["$request.header.Authorization"]);
            item["jwtConfiguration"] = json!({
                "audience": [spec.name],
                "issuer": "https://identity.example.com/",
            });
            item
        };
        spec.authorizers.iter().map(authorizer).collect()
    }

    fn note(&mut self, path: &str, faults: Faults) {
        for (rule, what) in faults {
            self.faults.push(SampleFault {
                account_id: self.account_id.to_owned(),
                key: format!("arn:aws:apigateway:{}::{path}", self.region),
                rule,
                what,
            });
        }
    }
}

fn response_item(spec: &Response, id: &str) -> Value {
    let mut item = json!({
        "integrationResponseId": id,
        "integrationResponseKey": spec.key,
    });
    if let Some(conversion) = spec.conversion {
        item["contentHandlingStrategy"] = json!(conversion);
    }
    if let Some(parameters) = spec.parameters {
        item["responseParameters"] = object(parameters);
    }
    if let Some(templates) = spec.templates {
        item["responseTemplates"] = object(templates);
    }
    if let Some(selection) = spec.selection {
        item["templateSelectionExpression"] = json!(selection);
    }
    item
}

fn models(spec: &ApiSpec, api_id: &str) -> Vec<Value> {
    let model = |(name, schema): &(&str, &str)| {
        json!({
            "contentType": "application/json",
            "modelId": id_of(6, &format!("{api_id}/models/{name}")),
            "name": name,
            "schema": schema,
        })
    };
    spec.models.iter().map(model).collect()
}

fn deployment_id(api_id: &str, number: usize) -> String {
    id_of(6, &format!("{api_id}/deployments/{number}"))
}

fn stages(spec: &ApiSpec, api_id: &str) -> Vec<Value> {
    let stage = |(index, (name, tags)): (usize, &(&str, Pairs))| {
        let mut item = json!({
            "autoDeploy": *name == "$default",
            "createdDate": spec.created,
            "defaultRouteSettings": { "detailedMetricsEnabled": index == 0 },
            "deploymentId": deployment_id(api_id, index + 1),
            "lastUpdatedDate": "2026-10-01T08:00:00Z",
            "routeSettings": {},
            "stageName": name,
            "stageVariables": { "currency": "EUR", "origin": "https://app.example.com" },
        });
        if !tags.is_empty() {
            item["tags"] = object(tags);
        }
        item
    };
    spec.stages.iter().enumerate().map(stage).collect()
}

fn deployments(spec: &ApiSpec, api_id: &str) -> Vec<Value> {
    // The newest comes first, as on AWS more often than not.
    let deployment = |number: usize| {
        json!({
            "autoDeployed": !spec.websocket,
            "createdDate": format!("2026-0{}-15T10:20:30Z", number + 4),
            "deploymentId": deployment_id(api_id, number),
            "deploymentStatus": "DEPLOYED",
        })
    };
    (0..=spec.stages.len()).rev().map(deployment).collect()
}
