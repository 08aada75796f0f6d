//! Maps parts of the backend's answer to headers.
//!
//! Forms: API Gateway V2 API reference, `ResponseParameters`. What they do at runtime (last value of a header, case,
//! missing values) was asserted by an emulator's tests for REST APIs.

use super::outcome::{MappedHeader, OmittedHeader};
use super::selection_value::{all_of_header, header, plain};
use crate::grammar::{JsonPath, ParameterSource, ParameterTarget, PathStep};
use serde_json::{Map as JsonMap, Value as Json};
use std::collections::BTreeMap;

/// What mappings read from.
#[derive(Debug, Clone, Copy)]
pub struct ParameterInput<'a> {
    /// Headers of the backend's answer.
    pub headers: &'a [(String, String)],
    /// Its payload.
    pub body: &'a str,
    /// `context`.
    pub context: &'a JsonMap<String, Json>,
    /// `stageVariables`.
    pub stage_variables: &'a BTreeMap<String, String>,
}

/// Why no response can be made: the whole of it fails, not one header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterFault {
    /// The payload begins like JSON and is none.
    #[error("the payload is not valid JSON")]
    InvalidJson,
}

/// What mappings give, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappedParameters {
    /// The headers.
    pub headers: Vec<MappedHeader>,
    /// Mappings that cannot be read, or find nothing.
    pub omitted: Vec<OmittedHeader>,
}

/// Maps parts of an answer to headers; a mapping that cannot be read or finds nothing gives none.
///
/// # Errors
/// A mapping reads the payload, which begins like JSON and is none.
pub fn map_parameters(
    mappings: &[(String, String)],
    input: &ParameterInput<'_>,
) -> Result<MappedParameters, ParameterFault> {
    let mut mapped = MappedParameters::default();
    for (key, source_text) in mappings {
        let mut omit = |reason: String| {
            let (target, source) = (key.clone(), source_text.clone());
            mapped.omitted.push(OmittedHeader { target, source, reason });
        };
        let target = match ParameterTarget::parse(key) {
            Ok(target) => target,
            Err(error) => {
                omit(error.fault.to_string());
                continue;
            }
        };
        let source = match ParameterSource::parse(source_text) {
            Ok(source) => source,
            Err(error) => {
                omit(error.fault.to_string());
                continue;
            }
        };
        match value_of(&source, input)? {
            Some(value) => {
                let (name, source) = (target.header, source_text.clone());
                mapped.headers.push(MappedHeader { name, value, source });
            }
            None => omit("the source has no value".to_owned()),
        }
    }
    Ok(mapped)
}

fn value_of(
    source: &ParameterSource,
    input: &ParameterInput<'_>,
) -> Result<Option<String>, ParameterFault> {
    Ok(match source {
        ParameterSource::Static(value) => Some(value.clone()),
        ParameterSource::Header(name) => header(input.headers, name).map(str::to_owned),
        ParameterSource::MultiValueHeader(name) => all_of_header(input.headers, name),
        ParameterSource::StageVariable(name) => input.stage_variables.get(name).cloned(),
        ParameterSource::Context { path, .. } => found(&Json::Object(input.context.clone()), path),
        ParameterSource::WholeBody => {
            document(input.body)?;
            Some(trimmed(input.body).to_owned())
        }
        ParameterSource::Body { path, .. } => found(&document(input.body)?, path),
    })
}

/// An empty payload counts as `{}`.
fn trimmed(body: &str) -> &str {
    match body.trim() {
        "" => "{}",
        trimmed => trimmed,
    }
}

/// The payload as JSON; one that does not begin like JSON is an empty object.
fn document(body: &str) -> Result<Json, ParameterFault> {
    let body = trimmed(body);
    if !body.starts_with(['{', '[', '"']) {
        return Ok(Json::Object(JsonMap::new()));
    }
    serde_json::from_str(body).map_err(|_| ParameterFault::InvalidJson)
}

fn found(document: &Json, path: &JsonPath) -> Option<String> {
    let value = match path.find(document).ok()?.to_value() {
        Some(value) => value,
        None => in_error_message(document, path)?,
    };
    if value.is_null() { None } else { Some(plain(&value)) }
}

/// `errorMessage` of a Lambda function may hold JSON text, and a path may go on inside it (API Gateway Developer
/// Guide, "Handle custom Lambda errors").
fn in_error_message(document: &Json, path: &JsonPath) -> Option<Json> {
    let (PathStep::Member(first), rest) = path.steps.split_first()? else { return None };
    if first != "errorMessage" || rest.is_empty() {
        return None;
    }
    let inner: Json = serde_json::from_str(document.get(first)?.as_str()?).ok()?;
    JsonPath { steps: rest.to_vec() }.find(&inner).ok()?.to_value()
}
