//! What a JSON path finds in a document.

use super::json_path::{JsonPath, PathStep};
use crate::{GrammarError, GrammarFault};
use serde_json::Value;

/// What a path found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// Nothing.
    Missing,
    /// The one value of a definite path.
    One(&'a Value),
    /// The values of a path with wildcards, slices, filters or descents, in document order.
    Many(Vec<&'a Value>),
}

impl Found<'_> {
    /// How many values a copy of what was found holds; a long text counts as several.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Missing => 0,
            Self::One(value) => size(value),
            Self::Many(values) => values.iter().map(|value| size(value)).sum(),
        }
    }

    /// The value found; several become an array. `null` counts as found.
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::Missing => None,
            Self::One(value) => Some((*value).clone()),
            Self::Many(values) => Some(Value::Array(values.iter().map(|v| (*v).clone()).collect())),
        }
    }
}

fn size(value: &Value) -> usize {
    let inner = match value {
        Value::String(text) => text.len() / 64,
        Value::Array(elements) => elements.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    };
    inner + 1
}

/// Values that one lookup may touch; `$..*..*` squares the document.
const MAXIMUM_VISITED: usize = 200_000;

impl JsonPath {
    /// Looks the path up in a document.
    ///
    /// # Errors
    /// The path touches too many values.
    pub fn find<'a>(&self, document: &'a Value) -> Result<Found<'a>, GrammarError> {
        self.find_counting(document).map(|(found, _)| found)
    }

    /// [`JsonPath::find`] with the number of values that were touched.
    pub(crate) fn find_counting<'a>(
        &self,
        document: &'a Value,
    ) -> Result<(Found<'a>, usize), GrammarError> {
        let mut lookup = Lookup { visited: 0 };
        let mut current = vec![document];
        for step in &self.steps {
            let mut next = Vec::new();
            for value in current {
                lookup.step(step, value, &mut next)?;
            }
            current = next;
        }
        if !self.is_definite() {
            return Ok((Found::Many(current), lookup.visited));
        }
        let found = current.first().map_or(Found::Missing, |value| Found::One(value));
        Ok((found, lookup.visited))
    }
}

struct Lookup {
    visited: usize,
}

impl Lookup {
    fn visit(&mut self, count: usize) -> Result<(), GrammarError> {
        self.visited += count + 1;
        if self.visited > MAXIMUM_VISITED {
            return Err(GrammarFault::CannotSimulate { what: "a path over so many values" }.at(0));
        }
        Ok(())
    }

    fn step<'a>(
        &mut self,
        step: &PathStep,
        value: &'a Value,
        found: &mut Vec<&'a Value>,
    ) -> Result<(), GrammarError> {
        let before = found.len();
        match step {
            PathStep::Member(name) => found.extend(value.get(name)),
            PathStep::Members(names) => {
                found.extend(names.iter().filter_map(|name| value.get(name)));
            }
            PathStep::Index(index) => found.extend(element(value, *index)),
            PathStep::Indexes(indexes) => {
                found.extend(indexes.iter().filter_map(|index| element(value, *index)));
            }
            PathStep::Slice(from, to) => found.extend(slice(value, *from, *to)),
            PathStep::Wildcard => found.extend(children(value)),
            PathStep::Descend => self.descend(value, found)?,
            PathStep::Filter(filter) => {
                let elements = value.as_array().map_or(&[][..], Vec::as_slice);
                self.visit(elements.len())?;
                found.extend(elements.iter().filter(|element| filter.accepts(element)));
                if value.is_object() && filter.accepts(value) {
                    found.push(value);
                }
            }
        }
        self.visit(found.len() - before)
    }

    fn descend<'a>(
        &mut self,
        value: &'a Value,
        found: &mut Vec<&'a Value>,
    ) -> Result<(), GrammarError> {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            self.visit(0)?;
            found.push(value);
            let inner: Vec<&Value> = children(value).collect();
            open.extend(inner.into_iter().rev());
        }
        Ok(())
    }
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(elements) => Box::new(elements.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The place of an index in a list of `length`; negative ones count from the end.
fn place(index: i64, length: usize) -> Option<usize> {
    if index >= 0 {
        return usize::try_from(index).ok();
    }
    length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)
}

fn element(value: &Value, index: i64) -> Option<&Value> {
    let elements = value.as_array()?;
    elements.get(place(index, elements.len())?)
}

fn slice(value: &Value, from: Option<i64>, to: Option<i64>) -> &[Value] {
    let Some(elements) = value.as_array() else { return &[] };
    let length = elements.len();
    let bound = |index: i64| place(index, length).unwrap_or(0).min(length);
    let start = from.map_or(0, bound);
    let end = to.map_or(length, bound);
    elements.get(start..end).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(path: &str) -> Option<Value> {
        let document = json!({
            "a": {"b c": [10, 20, 30]},
            "pets": [{"n": "x", "p": 1}, {"n": "y", "p": 5}, {"n": "z"}],
            "nothing": null
        });
        JsonPath::parse(path).unwrap().find(&document).unwrap().to_value()
    }

    #[test]
    fn members_and_indexes_are_found() {
        assert_eq!(found("$.a['b c'][1]"), Some(json!(20)));
        assert_eq!(found("$.a['b c'][-1]"), Some(json!(30)));
        assert_eq!(found("$.a['b c'][3]"), None);
        assert_eq!(found("$.nope.b"), None);
        assert_eq!(found("$.nothing"), Some(Value::Null));
    }

    #[test]
    fn indefinite_path_finds_a_list_even_if_empty() {
        assert_eq!(found("$.pets[*].p"), Some(json!([1, 5])));
        assert_eq!(found("$..n"), Some(json!(["x", "y", "z"])));
        assert_eq!(found("$.pets[0:2].n"), Some(json!(["x", "y"])));
        assert_eq!(found("$..nope"), Some(json!([])));
    }

    #[test]
    fn filter_keeps_what_compares() {
        assert_eq!(found("$.pets[?(@.p > 1)].n"), Some(json!(["y"])));
        assert_eq!(found("$.pets[?(@.p)].n"), Some(json!(["x", "y"])));
        assert_eq!(found("$.pets[?(@.n == 'z' || @.p < 2)].n"), Some(json!(["x", "z"])));
    }

    #[test]
    fn explosive_path_ends() {
        let document = json!(vec![json!(vec![json!(vec![1; 20]); 20]); 20]);
        assert!(JsonPath::parse("$..*..*..*..*").unwrap().find(&document).is_err());
    }
}
