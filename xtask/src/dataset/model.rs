//! The parts of a service's model that a dataset follows from (botocore, `service-2.json`).

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A service.
#[derive(Debug, Deserialize)]
pub struct Model {
    pub metadata: Metadata,
    pub operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

/// How a service is reached.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    pub protocol: String,
    pub endpoint_prefix: String,
    pub signing_name: Option<String>,
    pub service_id: String,
}

/// An operation.
#[derive(Debug, Deserialize)]
pub struct Operation {
    pub name: String,
    pub http: Http,
    pub input: Option<Member>,
    pub output: Option<Member>,
}

/// How an operation is called.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    pub method: String,
    pub request_uri: String,
}

/// A type.
#[derive(Debug, Deserialize)]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub members: BTreeMap<String, Member>,
    pub member: Option<Member>,
    value: Option<Member>,
}

/// A place that has a type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    pub shape: String,
    location_name: Option<String>,
}

impl Member {
    /// Returns the name on the wire of a member with this name in the model.
    pub fn wire_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.location_name.as_deref().unwrap_or(name)
    }
}

impl Model {
    /// Returns the shape with this name.
    ///
    /// # Errors
    /// Fails where the model does not keep its own promise.
    pub fn shape(&self, name: &str) -> Result<&Shape> {
        self.shapes.get(name).with_context(|| format!("the model has no shape \"{name}\""))
    }

    /// Returns the type of the column that holds a member, and whether it holds it as JSON text.
    ///
    /// # Errors
    /// As [`Model::shape`].
    pub fn column_type(&self, member: &Member) -> Result<(&'static str, bool)> {
        let shape = self.shape(&member.shape)?;
        let is_text = |member: &Option<Member>| match member {
            Some(inner) => self.shape(&inner.shape).map(|inner| inner.kind == "string"),
            None => Ok(false),
        };
        Ok(match shape.kind.as_str() {
            "boolean" => ("bool", false),
            "integer" | "long" => ("int64", false),
            "float" | "double" => ("float64", false),
            "timestamp" => ("timestamp", false),
            "map" if is_text(&shape.value)? => ("hstore", false),
            "map" => ("string", true),
            "list" if is_text(&shape.member)? => ("array<string>", false),
            "list" | "structure" => ("json", false),
            _ => ("string", false),
        })
    }
}
