//! Common divisors and multiples, also of numbers with a fraction.

use super::decimal::Decimal;
use super::doubles::NumberFault;

pub(super) fn common_divisor(left: u128, right: u128) -> u128 {
    let (mut divisor, mut rest) = (left, right);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    divisor
}

/// Returns the least common multiple, or `None` where it is too large.
pub(super) fn common_multiple(left: u128, right: u128) -> Option<u128> {
    match common_divisor(left, right) {
        0 => Some(0),
        divisor => (left / divisor).checked_mul(right),
    }
}

/// Applies a function to both numbers as multiples of the last decimal place that one of them has.
pub(super) fn in_decimals(
    left: f64,
    right: f64,
    function: fn(u128, u128) -> Option<u128>,
) -> Result<f64, NumberFault> {
    let (Some(left), Some(right)) = (Decimal::of_double(left), Decimal::of_double(right)) else {
        return Ok(f64::NAN);
    };
    let scale = left.scale().max(right.scale());
    let result = left.integer(scale).zip(right.integer(scale));
    let result = result.and_then(|(left, right)| function(left, right));
    let result = result.ok_or(NumberFault::OutOfRange)?;
    Ok(Decimal::of_integer(false, &result.to_string()).shifted(-scale).to_double())
}
