//! Numbers as Java computes and prints them.

use super::heap::Value;
use super::syntax::Operator;

/// Text of a double as `Double.toString` writes it: `2.0`, `0.05`, `1.0E10`.
pub(super) fn decimal_text(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = value.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{value:?}");
    }
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

/// A number as a double; integers beyond 2^53 lose digits, as they do in Java.
#[allow(clippy::cast_precision_loss, reason = "Java widens a long to a double in the same way")]
pub(super) fn as_decimal(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(integer) => Some(*integer as f64),
        Value::Decimal(decimal) => Some(*decimal),
        _ => None,
    }
}

/// Result of an arithmetic operator; what is no number, and division of integers by zero, gives nothing.
pub(super) fn calculate(operator: Operator, left: &Value, right: &Value) -> Value {
    if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
        let result = match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide | Operator::Remainder if *right == 0 => return Value::Undefined,
            Operator::Divide => left.checked_div(*right),
            Operator::Remainder => left.checked_rem(*right),
            _ => return Value::Undefined,
        };
        if let Some(result) = result {
            return Value::Integer(result);
        }
    }
    let (Some(left), Some(right)) = (as_decimal(left), as_decimal(right)) else {
        return Value::Undefined;
    };
    Value::Decimal(match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide | Operator::Remainder if right == 0.0 => return Value::Undefined,
        Operator::Divide => left / right,
        Operator::Remainder => left % right,
        _ => return Value::Undefined,
    })
}
