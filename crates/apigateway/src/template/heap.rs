//! The values of a template. Lists and maps live in a heap, because Java shares them: `put` through one reference
//! is seen through every other, and they may contain themselves.

use super::limits::BYTES_PER_STEP;
use super::syntax::Node;
use crate::TemplateFault;
use serde_json::{Map as JsonMap, Value as Json};
use std::collections::HashMap;
use std::rc::Rc;

/// A value; cheap to copy.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Undefined, or null: API Gateway does not tell them apart.
    Undefined,
    Bool(bool),
    Integer(i64),
    Decimal(f64),
    Text(Rc<str>),
    List(usize),
    Map(usize),
    /// A `#define` block.
    Block(Rc<[Node]>),
    /// `$input`.
    Input,
    /// `$util`.
    Utility,
}

impl Value {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Rc::from(text.as_ref()))
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn is_defined(&self) -> bool {
        *self != Self::Undefined
    }
}

/// A list; one from JSON prints as JSON, one written in the template as Java prints it (both recorded).
#[derive(Debug, Default)]
pub(super) struct List {
    pub items: Vec<Value>,
    pub is_json: bool,
}

/// A map in the order of insertion.
#[derive(Debug, Default)]
pub(super) struct Map {
    entries: Vec<(Rc<str>, Value)>,
    places: HashMap<Rc<str>, usize>,
    /// Name of an override map: its keys may be set once.
    pub once: Option<&'static str>,
}

impl Map {
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        Some(&self.entries.get(*self.places.get(key)?)?.1)
    }

    /// Sets a key and returns what it had.
    pub(super) fn put(&mut self, key: &str, value: Value) -> Value {
        if let Some((_, old)) = self.places.get(key).and_then(|place| self.entries.get_mut(*place))
        {
            return std::mem::replace(old, value);
        }
        let key: Rc<str> = Rc::from(key);
        self.places.insert(Rc::clone(&key), self.entries.len());
        self.entries.push((key, value));
        Value::Undefined
    }

    pub(super) fn remove(&mut self, key: &str) -> Value {
        let Some(place) = self.places.remove(key) else { return Value::Undefined };
        let (_, value) = self.entries.remove(place);
        self.places.values_mut().filter(|other| **other > place).for_each(|other| *other -= 1);
        value
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.places.clear();
    }

    pub(super) fn entries(&self) -> &[(Rc<str>, Value)] {
        &self.entries
    }
}

/// All lists and maps of one evaluation, and the steps it has left.
#[derive(Debug)]
pub(super) struct Heap {
    lists: Vec<List>,
    maps: Vec<Map>,
    limit: usize,
    left: usize,
}

type Step<T> = Result<T, TemplateFault>;

impl Heap {
    pub(super) fn new(steps: usize) -> Self {
        // Place 0 stands for a list or map that does not exist; none is ever removed.
        Self { lists: vec![List::default()], maps: vec![Map::default()], limit: steps, left: steps }
    }

    /// Uses up steps.
    pub(super) fn charge(&mut self, steps: usize) -> Step<()> {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => return Err(TemplateFault::TooManySteps { limit: self.limit }),
        }
        Ok(())
    }

    /// Uses up the steps that reading or writing a text costs.
    pub(super) fn charge_text(&mut self, bytes: usize) -> Step<()> {
        self.charge(bytes / BYTES_PER_STEP)
    }

    pub(super) fn new_list(&mut self, items: Vec<Value>, is_json: bool) -> Step<Value> {
        self.charge(items.len() + 1)?;
        self.lists.push(List { items, is_json });
        Ok(Value::List(self.lists.len() - 1))
    }

    pub(super) fn new_map(&mut self, once: Option<&'static str>) -> Step<usize> {
        self.charge(1)?;
        self.maps.push(Map { once, ..Map::default() });
        Ok(self.maps.len() - 1)
    }

    pub(super) fn list(&self, id: usize) -> &List {
        self.lists.get(id).unwrap_or(&self.lists[0])
    }

    pub(super) fn list_mut(&mut self, id: usize) -> &mut List {
        let id = if id < self.lists.len() { id } else { 0 };
        &mut self.lists[id]
    }

    pub(super) fn map(&self, id: usize) -> &Map {
        self.maps.get(id).unwrap_or(&self.maps[0])
    }

    pub(super) fn map_mut(&mut self, id: usize) -> &mut Map {
        let id = if id < self.maps.len() { id } else { 0 };
        &mut self.maps[id]
    }

    /// Sets a key of a map; an override may be set once.
    pub(super) fn put(&mut self, id: usize, key: &str, value: Value) -> Step<Value> {
        self.charge(2)?;
        let map = self.map_mut(id);
        if let Some(name) = map.once {
            let is_set =
                map.get(key).is_some_and(|old| !matches!(old, Value::Map(_) | Value::Undefined));
            if is_set {
                return Err(TemplateFault::OverrideTwice { target: format!("{name}.{key}") });
            }
        }
        Ok(self.map_mut(id).put(key, value))
    }

    /// Copies JSON into the heap.
    pub(super) fn import(&mut self, json: &Json) -> Step<Value> {
        self.charge(1)?;
        Ok(match json {
            Json::Null => Value::Undefined,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => Value::Integer(integer),
                (None, Some(decimal)) => Value::Decimal(decimal),
                (None, None) => Value::Undefined,
            },
            Json::String(text) => {
                self.charge_text(text.len())?;
                Value::text(text)
            }
            Json::Array(items) => {
                let items = items.iter().map(|item| self.import(item)).collect::<Step<Vec<_>>>()?;
                self.new_list(items, true)?
            }
            Json::Object(members) => Value::Map(self.import_map(members, None)?),
        })
    }

    pub(super) fn import_map(
        &mut self,
        members: &JsonMap<String, Json>,
        once: Option<&'static str>,
    ) -> Step<usize> {
        let id = self.new_map(once)?;
        for (name, member) in members {
            let value = self.import(member)?;
            self.charge(1)?;
            self.map_mut(id).put(name, value);
        }
        Ok(id)
    }
}
