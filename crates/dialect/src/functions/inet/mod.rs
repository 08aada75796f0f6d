//! inet: addresses, networks and what is true of two of them.

pub(super) mod abbrev;
pub(super) mod and;
pub(super) mod broadcast;
pub(super) mod contains;
pub(super) mod contains_or_equals;
pub(super) mod distance;
pub(super) mod family;
pub(super) mod host;
pub(super) mod hostmask;
pub(super) mod inet_merge;
pub(super) mod inet_same_family;
pub(super) mod masklen;
pub(super) mod minus;
pub(super) mod netmask;
pub(super) mod network;
pub(super) mod or;
pub(super) mod overlaps;
pub(super) mod plus;
pub(super) mod set_masklen;
pub(super) mod sort_key;
pub(super) mod text;
pub(super) mod within;
pub(super) mod within_or_equal;

use crate::functions::argument::{Arguments, external};
use census_types::InetFault;
use census_types::inet::{Inet, InetBuilder, value};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Int64Array, StringArray};
use datafusion::common::Result;
use std::sync::Arc;

/// Makes a text of each address.
fn texts(arguments: &Arguments<'_>, rule: impl Fn(Inet) -> String) -> Result<ArrayRef> {
    let inets = arguments.inet(0)?.array;
    let texts = (0..inets.len()).map(|row| value(&inets, row).map(&rule));
    Ok(Arc::new(texts.collect::<StringArray>()))
}

/// Makes an address of each address.
fn inets(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet) -> Result<Inet, InetFault>,
) -> Result<ArrayRef> {
    let inets = arguments.inet(0)?.array;
    let mut builder = InetBuilder::with_capacity(inets.len());
    for row in 0..inets.len() {
        builder.append(value(&inets, row).map(&rule).transpose().map_err(external)?);
    }
    Ok(Arc::new(builder.finish()))
}

/// Makes of each address the one that has the other bits.
pub(super) fn not(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    inets(arguments, |inet| Ok(inet.not()))
}

/// Makes a number of each address.
fn numbers(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet) -> Result<i64, InetFault>,
) -> Result<ArrayRef> {
    let inets = arguments.inet(0)?.array;
    let numbers = (0..inets.len()).map(|row| value(&inets, row).map(&rule).transpose());
    Ok(Arc::new(numbers.collect::<Result<Int64Array, InetFault>>().map_err(external)?))
}

/// Makes an address of each address and number.
fn with_number(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet, i64) -> Result<Inet, InetFault>,
) -> Result<ArrayRef> {
    let (inets, numbers) = (arguments.inet(0)?, arguments.bigints(1)?);
    let mut builder = InetBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let number = numbers.index(row);
        let moved = match value(&inets.array, inets.index(row)) {
            Some(inet) if numbers.array.is_valid(number) => {
                Some(rule(inet, numbers.array.value(number)).map_err(external)?)
            }
            _ => None,
        };
        builder.append(moved);
    }
    Ok(Arc::new(builder.finish()))
}

/// Applies a rule to the rows in which both addresses are there.
fn pairs<T>(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet, Inet) -> Result<T, InetFault>,
) -> Result<Vec<Option<T>>> {
    let (left, right) = (arguments.inet(0)?, arguments.inet(1)?);
    let results = (0..arguments.rows()).map(|row| {
        let first = value(&left.array, left.index(row));
        let second = value(&right.array, right.index(row));
        first.zip(second).map(|(first, second)| rule(first, second)).transpose()
    });
    results.collect::<Result<_, InetFault>>().map_err(external)
}

/// Tells something of two addresses.
fn compared(arguments: &Arguments<'_>, rule: impl Fn(Inet, Inet) -> bool) -> Result<ArrayRef> {
    let results = pairs(arguments, |left, right| Ok(rule(left, right)))?;
    Ok(Arc::new(BooleanArray::from(results)))
}

/// Makes an address of two.
fn combined(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet, Inet) -> Result<Inet, InetFault>,
) -> Result<ArrayRef> {
    let results = pairs(arguments, rule)?;
    let mut builder = InetBuilder::with_capacity(results.len());
    for result in results {
        builder.append(result);
    }
    Ok(Arc::new(builder.finish()))
}

/// Makes a number of two addresses.
fn distances(
    arguments: &Arguments<'_>,
    rule: impl Fn(Inet, Inet) -> Result<i64, InetFault>,
) -> Result<ArrayRef> {
    Ok(Arc::new(Int64Array::from(pairs(arguments, rule)?)))
}
