//! How values become text: scalars plain, maps as Java prints them, lists from JSON as JSON.

use super::heap::{Heap, Value};
use super::number::decimal_text;
use crate::TemplateFault;
use serde_json::{Map as JsonMap, Value as Json};

const MAXIMUM_DEPTH: usize = 60;

/// Writes values, with a bound on what it writes.
pub(super) struct Printer<'a> {
    pub heap: &'a mut Heap,
    pub out: &'a mut String,
    pub maximum: usize,
}

type Step<T> = Result<T, TemplateFault>;

impl Printer<'_> {
    pub(super) fn push(&mut self, text: &str) -> Step<()> {
        self.heap.charge_text(text.len())?;
        if self.out.len() + text.len() > self.maximum {
            return Err(TemplateFault::TextTooLarge { limit: self.maximum });
        }
        self.out.push_str(text);
        Ok(())
    }

    /// Writes a value as a reference prints; `inner` prints null as Java's collections do.
    pub(super) fn value(&mut self, value: &Value, depth: usize) -> Step<()> {
        self.enter(depth)?;
        match value {
            Value::Undefined if depth > 0 => self.push("null"),
            Value::Undefined | Value::Block(_) | Value::Input | Value::Utility => Ok(()),
            Value::Bool(value) => self.push(if *value { "true" } else { "false" }),
            Value::Integer(integer) => self.push(&integer.to_string()),
            Value::Decimal(decimal) => self.push(&decimal_text(*decimal)),
            Value::Text(text) => self.push(text),
            Value::List(id) if self.heap.list(*id).is_json => self.json(value, depth),
            Value::List(id) => {
                self.push("[")?;
                for place in 0..self.heap.list(*id).items.len() {
                    if place > 0 {
                        self.push(", ")?;
                    }
                    let item =
                        self.heap.list(*id).items.get(place).cloned().unwrap_or(Value::Undefined);
                    self.value(&item, depth + 1)?;
                }
                self.push("]")
            }
            Value::Map(id) => {
                self.push("{")?;
                for place in 0..self.heap.map(*id).entries().len() {
                    let Some((key, item)) = self.heap.map(*id).entries().get(place).cloned() else {
                        break;
                    };
                    if place > 0 {
                        self.push(", ")?;
                    }
                    self.push(&key)?;
                    self.push("=")?;
                    self.value(&item, depth + 1)?;
                }
                self.push("}")
            }
        }
    }

    /// Writes a value as compact JSON.
    pub(super) fn json(&mut self, value: &Value, depth: usize) -> Step<()> {
        let json = self.heap.export(value, depth)?;
        self.push(&json.to_string())
    }

    fn enter(&mut self, depth: usize) -> Step<()> {
        self.heap.charge(1)?;
        if depth > MAXIMUM_DEPTH {
            return Err(TemplateFault::TooDeep { limit: MAXIMUM_DEPTH });
        }
        Ok(())
    }
}

impl Heap {
    /// A value as JSON; what has no JSON form is null.
    pub(super) fn export(&mut self, value: &Value, depth: usize) -> Step<Json> {
        self.charge(1)?;
        if depth > MAXIMUM_DEPTH {
            return Err(TemplateFault::TooDeep { limit: MAXIMUM_DEPTH });
        }
        Ok(match value {
            Value::Undefined | Value::Block(_) | Value::Input | Value::Utility => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Integer(integer) => Json::from(*integer),
            Value::Decimal(decimal) => Json::from(*decimal),
            Value::Text(text) => {
                self.charge_text(text.len())?;
                Json::from(&**text)
            }
            Value::List(id) => {
                let items = self.list(*id).items.clone();
                self.charge(items.len())?;
                Json::Array(
                    items.iter().map(|item| self.export(item, depth + 1)).collect::<Step<_>>()?,
                )
            }
            Value::Map(id) => Json::Object(self.export_map(*id, depth)?),
        })
    }

    pub(super) fn export_map(&mut self, id: usize, depth: usize) -> Step<JsonMap<String, Json>> {
        let entries = self.map(id).entries().to_vec();
        self.charge(entries.len())?;
        let mut members = JsonMap::new();
        for (key, item) in entries {
            members.insert(key.to_string(), self.export(&item, depth + 1)?);
        }
        Ok(members)
    }
}
