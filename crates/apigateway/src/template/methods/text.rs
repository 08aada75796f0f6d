//! Methods of `java.lang.String`; its indexes count UTF-16 units.

use super::super::evaluator::{Evaluator, Step};
use super::super::heap::Value;
use crate::pattern::{MAXIMUM_STEPS, Pattern};
use crate::{PatternFault, TemplateFault};

impl Evaluator<'_> {
    pub(super) fn call_text(&mut self, text: &str, name: &str, arguments: &[Value]) -> Step<Value> {
        self.heap.charge(1)?;
        self.heap.charge_text(text.len())?;
        match arguments {
            [] => self.call_plain(text, name),
            [Value::Integer(index), ..] if matches!(name, "substring" | "charAt") => {
                let end = match arguments {
                    [_, Value::Integer(end)] => Some(*end),
                    _ if name == "charAt" => Some(index.saturating_add(1)),
                    _ => None,
                };
                self.substring(name, text, *index, end)
            }
            [first] => {
                let argument = self.text_of(first)?;
                self.call_with_text(text, name, &argument)
            }
            [first, second] => {
                let first = self.text_of(first)?;
                match (name, second) {
                    ("split", _) => self.split(text, &first),
                    ("indexOf", Value::Integer(from)) => Ok(index_of(text, &first, *from)),
                    ("startsWith", Value::Integer(from)) => {
                        let from = usize::try_from(*from).ok();
                        let units_of_text = units(text);
                        let rest = from.and_then(|from| units_of_text.get(from..));
                        Ok(Value::Bool(rest.is_some_and(|rest| rest.starts_with(&units(&first)))))
                    }
                    _ => {
                        let second = self.text_of(second)?;
                        self.replace(text, name, &first, &second)
                    }
                }
            }
            _ => Ok(Value::Undefined),
        }
    }

    fn call_plain(&mut self, text: &str, name: &str) -> Step<Value> {
        match name {
            // `count()` is documented for what `$input.path()` returns.
            "length" => Ok(Value::count(text.encode_utf16().count())),
            "isEmpty" => Ok(Value::Bool(text.is_empty())),
            "isBlank" => Ok(Value::Bool(text.trim().is_empty())),
            "trim" => self.new_text(text.trim_matches(|c: char| c <= ' ').to_owned()),
            "strip" => self.new_text(text.trim().to_owned()),
            "toUpperCase" => self.new_text(text.to_uppercase()),
            "toLowerCase" => self.new_text(text.to_lowercase()),
            "intern" => self.new_text(text.to_owned()),
            _ => Ok(Value::Undefined),
        }
    }

    fn call_with_text(&mut self, text: &str, name: &str, argument: &str) -> Step<Value> {
        match name {
            "contains" => Ok(Value::Bool(text.contains(argument))),
            "startsWith" => Ok(Value::Bool(text.starts_with(argument))),
            "endsWith" => Ok(Value::Bool(text.ends_with(argument))),
            "equalsIgnoreCase" => Ok(Value::Bool(text.to_lowercase() == argument.to_lowercase())),
            "indexOf" => Ok(index_of(text, argument, 0)),
            "lastIndexOf" => Ok(text.rfind(argument).map_or(Value::Integer(-1), |place| {
                Value::count(text[..place].encode_utf16().count())
            })),
            "compareTo" => Ok(Value::Integer(match text.cmp(argument) {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            })),
            "concat" => {
                let joined = [text, argument].concat();
                self.new_text(joined)
            }
            "matches" => {
                let pattern = self.pattern(name, argument)?;
                let is_match =
                    self.matching(name, |_, budget| pattern.matches_using(text, budget))?;
                Ok(Value::Bool(is_match))
            }
            "split" => self.split(text, argument),
            _ => Ok(Value::Undefined),
        }
    }

    fn replace(&mut self, text: &str, name: &str, wanted: &str, replacement: &str) -> Step<Value> {
        let limit = self.limits.text_bytes;
        match name {
            "replace" => {
                let count = text.matches(wanted).count();
                if text.len().saturating_add(count.saturating_mul(replacement.len())) > limit {
                    return Err(TemplateFault::TextTooLarge { limit });
                }
                self.new_text(text.replace(wanted, replacement))
            }
            "replaceAll" | "replaceFirst" => {
                let pattern = self.pattern(name, wanted)?;
                let all = name == "replaceAll";
                let result = self.matching(name, |maximum, budget| {
                    pattern.replace(text, replacement, all, (maximum, budget))
                })?;
                self.new_text(result)
            }
            _ => Ok(Value::Undefined),
        }
    }

    fn split(&mut self, text: &str, separator: &str) -> Step<Value> {
        let pattern = self.pattern("split", separator)?;
        let pieces = self.matching("split", |_, budget| pattern.split(text, budget))?;
        let pieces = pieces.iter().map(Value::text).collect();
        self.heap.new_list(pieces, false)
    }

    fn pattern(&mut self, method: &str, text: &str) -> Step<Pattern> {
        let pattern =
            Pattern::parse(text).map_err(|error| TemplateFault::call(method, error.to_string()))?;
        self.heap.charge(text.len() + pattern.size() / 4)?;
        Ok(pattern)
    }

    /// Runs a match with the steps that it may take, and charges those it took.
    fn matching<T>(
        &mut self,
        method: &str,
        run: impl FnOnce(usize, &mut usize) -> Result<T, PatternFault>,
    ) -> Step<T> {
        let mut budget = MAXIMUM_STEPS;
        let result = run(self.limits.text_bytes, &mut budget);
        self.heap.charge((MAXIMUM_STEPS - budget) / 4)?;
        result.map_err(|fault| TemplateFault::call(method, fault.to_string()))
    }

    fn substring(&mut self, name: &str, text: &str, start: i64, end: Option<i64>) -> Step<Value> {
        let units = units(text);
        let fault =
            || TemplateFault::call(name, format!("index out of range for length {}", units.len()));
        let start = usize::try_from(start).map_err(|_| fault())?;
        let end = match end {
            None => units.len(),
            Some(end) => usize::try_from(end).map_err(|_| fault())?,
        };
        let part = units.get(start..end).ok_or_else(fault)?;
        self.new_text(String::from_utf16_lossy(part))
    }
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn index_of(text: &str, wanted: &str, from: i64) -> Value {
    let from = usize::try_from(from).unwrap_or(0);
    let mut skipped = 0;
    let start = text.char_indices().find(|(_, c)| {
        let is_start = skipped >= from;
        skipped += c.len_utf16();
        is_start
    });
    let start = start.map_or(text.len(), |(place, _)| place);
    match text[start..].find(wanted) {
        Some(place) => Value::count(text[..start + place].encode_utf16().count()),
        None => Value::Integer(-1),
    }
}
