//! Methods of values; one that Java does not have is undefined, as Velocity has it.

mod list;
mod map;
mod text;

use super::evaluator::{Evaluator, Step};
use super::heap::Value;
use super::number::as_decimal;

impl Evaluator<'_> {
    pub(super) fn call(&mut self, value: &Value, name: &str, arguments: &[Value]) -> Step<Value> {
        self.enter()?;
        let result = match value {
            Value::Undefined | Value::Block(_) => Value::Undefined,
            Value::Input => self.call_input(name, arguments)?,
            Value::Utility => self.call_utility(name, arguments)?,
            _ => match (name, arguments) {
                ("toString", []) => {
                    let text = self.text_of(value)?;
                    self.new_text(text)?
                }
                ("equals", [other]) => Value::Bool(self.are_equal(value, other)?),
                _ => self.call_own(value, name, arguments)?,
            },
        };
        self.leave();
        Ok(result)
    }

    fn call_own(&mut self, value: &Value, name: &str, arguments: &[Value]) -> Step<Value> {
        match value {
            Value::Text(text) => self.call_text(text, name, arguments),
            Value::List(id) => self.call_list(*id, name, arguments),
            Value::Map(id) => self.call_map(*id, name, arguments),
            number => Ok(number_method(number, name)),
        }
    }
}

/// Methods of Java's numbers.
fn number_method(number: &Value, name: &str) -> Value {
    match (name, number) {
        ("intValue" | "longValue", Value::Integer(integer)) => Value::Integer(*integer),
        #[allow(clippy::cast_possible_truncation, reason = "Java narrows a double in the same way")]
        ("intValue" | "longValue", Value::Decimal(decimal)) => Value::Integer(*decimal as i64),
        ("doubleValue" | "floatValue", _) => {
            as_decimal(number).map_or(Value::Undefined, Value::Decimal)
        }
        ("booleanValue", Value::Bool(_)) => number.clone(),
        _ => Value::Undefined,
    }
}
