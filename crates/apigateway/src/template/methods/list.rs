//! Methods of `java.util.List`.

use super::super::evaluator::{Evaluator, Step};
use super::super::heap::Value;
use crate::TemplateFault;

impl Evaluator<'_> {
    pub(super) fn call_list(&mut self, id: usize, name: &str, arguments: &[Value]) -> Step<Value> {
        let length = self.heap.list(id).items.len();
        match (name, arguments) {
            // `count()`: documented for lists that `$input.path()` returns.
            ("size" | "count" | "length", []) => Ok(Value::count(length)),
            ("isEmpty", []) => Ok(Value::Bool(length == 0)),
            ("clear", []) => {
                self.heap.list_mut(id).items.clear();
                Ok(Value::Undefined)
            }
            ("iterator" | "toArray" | "listIterator", []) => Ok(Value::List(id)),
            ("get", [index]) => {
                let place = self.place(name, id, index)?;
                Ok(self.heap.list(id).items[place].clone())
            }
            ("set", [index, value]) => {
                let place = self.place(name, id, index)?;
                Ok(std::mem::replace(&mut self.heap.list_mut(id).items[place], value.clone()))
            }
            ("add", [value]) => {
                self.heap.charge(1)?;
                self.heap.list_mut(id).items.push(value.clone());
                Ok(Value::Bool(true))
            }
            ("add", [Value::Integer(index), value]) => self.insert(id, *index, value),
            ("addAll", [Value::List(other)]) => {
                let items = self.heap.list(*other).items.clone();
                self.heap.charge(items.len())?;
                let is_changed = !items.is_empty();
                self.heap.list_mut(id).items.extend(items);
                Ok(Value::Bool(is_changed))
            }
            ("contains", [value]) => Ok(Value::Bool(self.position(id, value)?.is_some())),
            ("indexOf", [value]) => {
                Ok(self.position(id, value)?.map_or(Value::Integer(-1), Value::count))
            }
            ("remove", [value]) => self.remove(id, value),
            ("subList", [Value::Integer(from), Value::Integer(to)]) => {
                let range = || Some(usize::try_from(*from).ok()?..usize::try_from(*to).ok()?);
                let list = self.heap.list(id);
                let part = range().and_then(|range| list.items.get(range).map(<[Value]>::to_vec));
                let is_json = list.is_json;
                let part = part.ok_or_else(|| TemplateFault::call(name, "index out of range"))?;
                self.heap.new_list(part, is_json)
            }
            _ => Ok(Value::Undefined),
        }
    }

    fn insert(&mut self, id: usize, index: i64, value: &Value) -> Step<Value> {
        let length = self.heap.list(id).items.len();
        self.heap.charge(length / 16 + 1)?;
        let place = usize::try_from(index).ok().filter(|place| *place <= length);
        let fault = || TemplateFault::call("add", format!("index {index} of {length} elements"));
        let place = place.ok_or_else(fault)?;
        self.heap.list_mut(id).items.insert(place, value.clone());
        Ok(Value::Undefined)
    }

    /// `remove(index)` returns the element, `remove(value)` whether there was one.
    fn remove(&mut self, id: usize, value: &Value) -> Step<Value> {
        self.heap.charge(self.heap.list(id).items.len() / 16 + 1)?;
        if matches!(value, Value::Integer(_)) {
            let place = self.place("remove", id, value)?;
            return Ok(self.heap.list_mut(id).items.remove(place));
        }
        let Some(place) = self.position(id, value)? else { return Ok(Value::Bool(false)) };
        // A `#define` block that was compared may have shortened the list.
        let items = &mut self.heap.list_mut(id).items;
        let is_there = place < items.len();
        if is_there {
            items.remove(place);
        }
        Ok(Value::Bool(is_there))
    }

    /// The place of the first equal element; Java's `equals` tells values of different kinds apart.
    fn position(&mut self, id: usize, value: &Value) -> Step<Option<usize>> {
        let items = self.heap.list(id).items.clone();
        self.heap.charge(items.len())?;
        for (place, item) in items.iter().enumerate() {
            let is_same_kind = std::mem::discriminant(item) == std::mem::discriminant(value);
            if is_same_kind && self.are_equal(item, value)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}
