//! What a client would receive: a message through an integration as it was collected.
//!
//! Rows are read with statements of the session, so that its settings hold here too; what they mean belongs to
//! `census-apigateway`.

mod lookup;
mod read;
mod routes;

use crate::completeness::Completeness;
use crate::error::EngineError;
use crate::session::Session;
use census_apigateway::simulate::{Backend, Explanation, IntegrationKind, Simulation, simulate};
use census_error::Result;
use serde_json::{Map as JsonMap, Value as Json};
use std::collections::BTreeMap;

/// What is to be simulated.
#[derive(Debug, Clone, Default)]
pub struct SimulationRequest {
    /// The API: its id, name or ARN.
    pub api: String,
    /// The integration: its id, description or ARN.
    pub integration: String,
    /// The account, where the API's name is known in several.
    pub account_id: Option<String>,
    /// The region, where the API's name is known in several.
    pub region: Option<String>,
    /// The route that the message takes; `None` where only one can be meant.
    pub route: Option<String>,
    /// What the backend does.
    pub backend: Backend,
    /// The message of the client.
    pub request_body: String,
    /// `$context`.
    pub context: JsonMap<String, Json>,
    /// `$stageVariables`.
    pub stage_variables: BTreeMap<String, String>,
}

/// The answer to a [`SimulationRequest`].
#[derive(Debug)]
pub struct Simulated {
    /// The API's ARN.
    pub api: String,
    /// The API's name.
    pub api_name: Option<String>,
    /// The integration's ARN.
    pub integration: String,
    /// What was given to the simulator.
    pub simulation: Simulation,
    /// What it answered.
    pub explanation: Explanation,
    /// What is to be known of how the simulation was put together, in sentences without full stop.
    pub notes: Vec<String>,
    /// How complete what is known of the API's account and region is.
    pub completeness: Completeness,
}

impl Session {
    /// Tells what a client would receive for an answer of a backend, from the rows that were collected.
    ///
    /// # Errors
    /// 42704 where there is no such API, integration or route, 42P09 where several could be meant, 22023 for an API
    /// without integration responses; those of reading rows.
    pub async fn simulate(&self, request: SimulationRequest) -> Result<Simulated> {
        let api = self.find_api(&request).await?;
        let found = self.find_integration(&api, &request.integration).await?;
        let calls_function =
            matches!(found.integration.kind, IntegrationKind::Aws | IntegrationKind::AwsProxy);
        if matches!(request.backend, Backend::Failure { .. }) && !calls_function {
            return Err(EngineError::NoFunction { name: found.id }.into());
        }
        let responses = self.find_responses(&api, &found).await?;
        let routed = self.find_route(&api, &found, request.route.as_deref()).await?;
        let completeness = self.completeness_at(&api).await?;
        let mut context = request.context;
        context.entry("apiId").or_insert_with(|| Json::from(api.id.as_str()));
        if !routed.route.key.is_empty() {
            context.entry("routeKey").or_insert_with(|| Json::from(routed.route.key.as_str()));
        }
        let simulation = Simulation {
            integration: found.integration,
            responses,
            route: routed.route,
            backend: request.backend,
            request_body: request.request_body,
            context,
            stage_variables: request.stage_variables,
        };
        let explanation = simulate(&simulation);
        Ok(Simulated {
            api: api.key,
            api_name: api.name,
            integration: found.key,
            simulation,
            explanation,
            notes: routed.notes,
            completeness,
        })
    }
}
