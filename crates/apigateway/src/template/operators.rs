//! Evaluates expressions and references.

use super::evaluator::{Evaluator, Step};
use super::heap::Value;
use super::number::{as_decimal, calculate};
use super::syntax::{Access, Expression, Operator, Reference};
use crate::TemplateFault;

impl Evaluator<'_> {
    pub(super) fn expression(&mut self, expression: &Expression) -> Step<Value> {
        self.enter()?;
        let value = match expression {
            Expression::Null => Value::Undefined,
            Expression::Bool(value) => Value::Bool(*value),
            Expression::Integer(integer) => Value::Integer(*integer),
            Expression::Decimal(decimal) => Value::Decimal(*decimal),
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Interpolated(nodes) => {
                let mut text = String::new();
                self.nodes(nodes, &mut text)?;
                Value::text(text)
            }
            Expression::List(items) => {
                let items =
                    items.iter().map(|item| self.expression(item)).collect::<Step<Vec<_>>>()?;
                self.heap.new_list(items, false)?
            }
            Expression::Map(entries) => self.map_literal(entries)?,
            Expression::Range(first, last) => self.range(first, last)?,
            Expression::Reference(reference) => self.reference(reference)?,
            Expression::Not(inner) => Value::Bool(!self.is_true(inner)?),
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right)?,
        };
        self.leave();
        Ok(value)
    }

    /// Only `false` is false: an undefined reference is true (recorded; the opposite of Apache's Velocity).
    pub(super) fn is_true(&mut self, expression: &Expression) -> Step<bool> {
        Ok(self.expression(expression)? != Value::Bool(false))
    }

    fn map_literal(&mut self, entries: &[(Expression, Expression)]) -> Step<Value> {
        let id = self.heap.new_map(None)?;
        for (key, value) in entries {
            let key = self.expression(key)?;
            let key = self.text_of(&key)?;
            let value = self.expression(value)?;
            self.heap.put(id, &key, value)?;
        }
        Ok(Value::Map(id))
    }

    /// `[1..5]`, or backwards; a bound that is a reference does not work on AWS (a test suite's own class of cases).
    fn range(&mut self, first: &Expression, last: &Expression) -> Step<Value> {
        let (Expression::Integer(first), Expression::Integer(last)) = (first, last) else {
            return Err(TemplateFault::Unsupported { what: "a range over references" });
        };
        let count = usize::try_from(first.abs_diff(*last)).unwrap_or(usize::MAX).saturating_add(1);
        self.heap.charge(count)?;
        let items: Vec<Value> = if first <= last {
            (*first..=*last).map(Value::Integer).collect()
        } else {
            (*last..=*first).rev().map(Value::Integer).collect()
        };
        self.heap.new_list(items, false)
    }

    fn binary(&mut self, operator: Operator, left: &Expression, right: &Expression) -> Step<Value> {
        match operator {
            Operator::And => {
                return Ok(Value::Bool(self.is_true(left)? && self.is_true(right)?));
            }
            Operator::Or => return Ok(Value::Bool(self.is_true(left)? || self.is_true(right)?)),
            _ => {}
        }
        let left = self.expression(left)?;
        let right = self.expression(right)?;
        match operator {
            Operator::Equal => self.are_equal(&left, &right).map(Value::Bool),
            Operator::NotEqual => self.are_equal(&left, &right).map(|equal| Value::Bool(!equal)),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => Ok(Value::Bool(compares(operator, &left, &right))),
            Operator::Add
                if matches!((&left, &right), (Value::Text(_), _) | (_, Value::Text(_))) =>
            {
                let mut text = self.text_of(&left)?;
                self.write(&right, &mut text)?;
                Ok(Value::text(text))
            }
            _ => Ok(calculate(operator, &left, &right)),
        }
    }

    /// Equality of Velocity 1: numbers by value, values of different kinds by their text. So an undefined reference
    /// equals both `$null` and `""` (recorded).
    pub(super) fn are_equal(&mut self, left: &Value, right: &Value) -> Step<bool> {
        self.heap.charge(1)?;
        match (left, right) {
            (Value::Integer(left), Value::Integer(right)) => return Ok(left == right),
            (Value::List(left), Value::List(right)) | (Value::Map(left), Value::Map(right))
                if left == right =>
            {
                return Ok(true);
            }
            (Value::Text(left), Value::Text(right)) if left.len() != right.len() => {
                return Ok(false);
            }
            _ => {}
        }
        if let (Some(left), Some(right)) = (as_decimal(left), as_decimal(right)) {
            return Ok(left.partial_cmp(&right) == Some(std::cmp::Ordering::Equal));
        }
        Ok(self.text_of(left)? == self.text_of(right)?)
    }

    pub(super) fn reference(&mut self, reference: &Reference) -> Step<Value> {
        self.note(reference);
        if reference.alternate.is_some() {
            return Err(TemplateFault::Unsupported { what: "an alternate value" });
        }
        let mut value = self.variable(&reference.name);
        for access in &reference.accesses {
            value = self.access(&value, access)?;
            self.note(reference);
        }
        Ok(value)
    }

    fn access(&mut self, value: &Value, access: &Access) -> Step<Value> {
        self.heap.charge(1)?;
        match access {
            Access::Member(name) => Ok(self.member(value, name)),
            Access::Call(name, arguments) => {
                let arguments =
                    arguments.iter().map(|item| self.expression(item)).collect::<Step<Vec<_>>>()?;
                self.call(value, name, &arguments)
            }
            Access::Index(index) => {
                let index = self.expression(index)?;
                self.element(value, &index)
            }
        }
    }

    fn member(&mut self, value: &Value, name: &str) -> Value {
        match value {
            Value::Map(id) => self.heap.map(*id).get(name).cloned().unwrap_or(Value::Undefined),
            Value::Input if name == "body" => Value::Text(self.body_text()),
            Value::List(id) if name == "empty" => Value::Bool(self.heap.list(*id).items.is_empty()),
            Value::Text(text) if name == "empty" => Value::Bool(text.is_empty()),
            _ => Value::Undefined,
        }
    }

    fn element(&mut self, value: &Value, index: &Value) -> Step<Value> {
        match value {
            Value::List(id) => {
                let place = self.place("get", *id, index)?;
                Ok(self.heap.list(*id).items.get(place).cloned().unwrap_or(Value::Undefined))
            }
            Value::Map(id) => {
                let key = self.text_of(index)?;
                Ok(self.heap.map(*id).get(&key).cloned().unwrap_or(Value::Undefined))
            }
            _ => Ok(Value::Undefined),
        }
    }

    /// The place that an index names in a list; negative ones count from the end.
    pub(super) fn place(&mut self, method: &str, id: usize, index: &Value) -> Step<usize> {
        let index = match index {
            Value::Integer(index) => *index,
            other => {
                let text = self.text_of(other)?;
                let reason = || format!("\"{text}\" is no index");
                text.parse().map_err(|_| TemplateFault::call(method, reason()))?
            }
        };
        // After the index is known: a `#define` block that stands for it may have changed the list.
        let length = self.heap.list(id).items.len();
        let place =
            if index < 0 { i64::try_from(length).unwrap_or(i64::MAX) + index } else { index };
        match usize::try_from(place) {
            Ok(place) if place < length => Ok(place),
            _ => Err(TemplateFault::call(method, format!("index {index} of {length} elements"))),
        }
    }

    /// `#set`: a variable, a member of a map, or an element of a list; anything else is left alone.
    pub(super) fn set(&mut self, target: &Reference, value: Value) -> Step<()> {
        self.note(target);
        let Some((last, before)) = target.accesses.split_last() else {
            self.assign(&target.name, value);
            return Ok(());
        };
        let mut holder = self.variable(&target.name);
        for access in before {
            holder = self.access(&holder, access)?;
        }
        self.note(target);
        match (holder, last) {
            (Value::Map(id), Access::Member(name)) => {
                self.heap.put(id, name, value)?;
            }
            (Value::Map(id), Access::Index(index)) => {
                let index = self.expression(index)?;
                let key = self.text_of(&index)?;
                self.heap.put(id, &key, value)?;
            }
            (Value::List(id), Access::Index(index)) => {
                let index = self.expression(index)?;
                let place = self.place("set", id, &index)?;
                self.heap.list_mut(id).items[place] = value;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Order of numbers; anything else is in no order, and the comparison is false.
fn compares(operator: Operator, left: &Value, right: &Value) -> bool {
    let order = match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        _ => match (as_decimal(left), as_decimal(right)) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ => None,
        },
    };
    order.is_some_and(|order| match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    })
}
