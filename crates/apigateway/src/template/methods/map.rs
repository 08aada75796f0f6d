//! Methods of `java.util.Map`, in the order of insertion.

use super::super::evaluator::{Evaluator, Step};
use super::super::heap::Value;

impl Evaluator<'_> {
    pub(super) fn call_map(&mut self, id: usize, name: &str, arguments: &[Value]) -> Step<Value> {
        match arguments {
            [] => self.call_map_plain(id, name),
            [first] => self.call_map_with(id, name, first),
            [key, value] => {
                let key = self.text_of(key)?;
                match name {
                    "put" => self.heap.put(id, &key, value.clone()),
                    "putIfAbsent" => match self.heap.map(id).get(&key).cloned() {
                        Some(old) if old.is_defined() => Ok(old),
                        _ => self.heap.put(id, &key, value.clone()),
                    },
                    "getOrDefault" => {
                        Ok(self.heap.map(id).get(&key).cloned().unwrap_or_else(|| value.clone()))
                    }
                    _ => Ok(Value::Undefined),
                }
            }
            _ => Ok(Value::Undefined),
        }
    }

    fn call_map_plain(&mut self, id: usize, name: &str) -> Step<Value> {
        let entries = self.heap.map(id).entries();
        match name {
            "size" | "count" => Ok(Value::count(entries.len())),
            "isEmpty" => Ok(Value::Bool(entries.is_empty())),
            "keySet" => {
                let keys = entries.iter().map(|(key, _)| Value::Text(key.clone())).collect();
                self.heap.new_list(keys, false)
            }
            "values" => {
                let values = entries.iter().map(|(_, value)| value.clone()).collect();
                self.heap.new_list(values, false)
            }
            "entrySet" => {
                let entries = entries.to_vec();
                self.heap.charge(entries.len())?;
                let mut list = Vec::new();
                for (key, value) in entries {
                    list.push(self.entry(&key, value)?);
                }
                self.heap.new_list(list, false)
            }
            "clear" => {
                self.heap.map_mut(id).clear();
                Ok(Value::Undefined)
            }
            // An entry of `entrySet()` is a map of two here.
            "getKey" => Ok(self.heap.map(id).get("key").cloned().unwrap_or(Value::Undefined)),
            "getValue" => Ok(self.heap.map(id).get("value").cloned().unwrap_or(Value::Undefined)),
            _ => Ok(Value::Undefined),
        }
    }

    fn call_map_with(&mut self, id: usize, name: &str, argument: &Value) -> Step<Value> {
        if let ("putAll", Value::Map(other)) = (name, argument) {
            let entries = self.heap.map(*other).entries().to_vec();
            for (key, value) in entries {
                self.heap.put(id, &key, value)?;
            }
            return Ok(Value::Undefined);
        }
        if name == "containsValue" {
            let values: Vec<Value> =
                self.heap.map(id).entries().iter().map(|(_, value)| value.clone()).collect();
            self.heap.charge(values.len())?;
            for value in &values {
                if self.are_equal(value, argument)? {
                    return Ok(Value::Bool(true));
                }
            }
            return Ok(Value::Bool(false));
        }
        let key = self.text_of(argument)?;
        match name {
            "get" => Ok(self.heap.map(id).get(&key).cloned().unwrap_or(Value::Undefined)),
            "containsKey" => Ok(Value::Bool(self.heap.map(id).get(&key).is_some())),
            "remove" => {
                self.heap.charge(self.heap.map(id).entries().len() / 4 + 1)?;
                Ok(self.heap.map_mut(id).remove(&key))
            }
            _ => Ok(Value::Undefined),
        }
    }
}
