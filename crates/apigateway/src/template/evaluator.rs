//! Evaluates the nodes of a template.

use super::heap::{Heap, Value};
use super::print::Printer;
use super::syntax::{Access, Expression, FaultAt, Node, Reference};
use super::{Limits, Overrides, Rendering, Scope, Template};
use crate::{TemplateError, TemplateFault};
use serde_json::{Map as JsonMap, Value as Json};
use std::collections::HashMap;
use std::rc::Rc;

pub(super) type Step<T> = Result<T, TemplateFault>;

/// The payload as JSON, read when it is first asked for.
#[derive(Debug, Clone)]
pub(super) enum Document {
    Unread,
    Json(Rc<Json>),
    /// The payload is not JSON.
    Other,
}

/// One evaluation of a template.
pub(super) struct Evaluator<'a> {
    template: &'a Template,
    pub scope: &'a Scope,
    pub limits: &'a Limits,
    pub heap: Heap,
    variables: HashMap<String, Value>,
    /// Maps of the overrides: request, response.
    overrides: (usize, usize),
    pub document: Document,
    /// The payload as a text that references share, made when it is first asked for.
    pub body_text: Option<Rc<str>>,
    /// Offset of the reference evaluated last: where a fault is reported.
    at: usize,
    depth: usize,
    is_stopped: bool,
    is_breaking: bool,
    is_loop_cut: bool,
    /// References that printed nothing, as written.
    blanks: Vec<String>,
}

/// How many references without value are told of.
const MAXIMUM_BLANKS: usize = 10;

/// What a loop shadows and gives back at its end.
const LOOP_VARIABLES: [&str; 3] = ["foreach", "velocityCount", "velocityHasNext"];

impl<'a> Evaluator<'a> {
    pub(super) fn new(template: &'a Template, scope: &'a Scope, limits: &'a Limits) -> Self {
        Self {
            template,
            scope,
            limits,
            heap: Heap::new(limits.steps),
            variables: HashMap::new(),
            overrides: (0, 0),
            document: Document::Unread,
            body_text: None,
            at: 0,
            depth: 0,
            is_stopped: false,
            is_breaking: false,
            is_loop_cut: false,
            blanks: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Result<Rendering, TemplateError> {
        let template = self.template;
        self.evaluated(template.nodes())
            .map_err(|fault| FaultAt { fault, at: self.at }.place_in(template.source()))
    }

    fn evaluated(&mut self, nodes: &[Node]) -> Step<Rendering> {
        self.define_roots()?;
        let mut text = String::new();
        self.nodes(nodes, &mut text)?;
        let (request, response) = self.overrides;
        let overrides = Overrides {
            request: self.heap.export_map(request, 0)?,
            response: self.heap.export_map(response, 0)?,
        };
        let blanks = std::mem::take(&mut self.blanks);
        Ok(Rendering { text, overrides, blanks, is_loop_cut: self.is_loop_cut })
    }

    fn define_roots(&mut self) -> Step<()> {
        let scope = self.scope;
        let context = self.context()?;
        let stage: JsonMap<String, Json> = scope
            .stage_variables
            .iter()
            .map(|(name, value)| (name.clone(), Json::from(value.as_str())))
            .collect();
        let stage = Value::Map(self.heap.import_map(&stage, None)?);
        for (name, value) in &scope.variables {
            let value = self.heap.import(value)?;
            self.variables.insert(name.clone(), value);
        }
        let roots = [
            ("context", context),
            ("stageVariables", stage),
            ("input", Value::Input),
            ("util", Value::Utility),
        ];
        self.variables.extend(roots.map(|(name, value)| (name.to_owned(), value)));
        Ok(())
    }

    /// `$context` with its override maps; what an authorizer returned arrives as strings (documented).
    fn context(&mut self) -> Step<Value> {
        let scope = self.scope;
        let mut members = scope.context.clone();
        if let Some(Json::Object(authorizer)) = members.get_mut("authorizer") {
            for value in authorizer.values_mut() {
                if value.is_number() || value.is_boolean() {
                    *value = Json::String(value.to_string());
                }
            }
        }
        let context = self.heap.import_map(&members, None)?;
        let request = self.heap.new_map(Some("requestOverride"))?;
        let names = [
            ("path", "requestOverride.path"),
            ("querystring", "requestOverride.querystring"),
            ("header", "requestOverride.header"),
        ];
        self.override_map(request, &scope.overrides.request, &names)?;
        let response = self.heap.new_map(Some("responseOverride"))?;
        let names = [("header", "responseOverride.header")];
        self.override_map(response, &scope.overrides.response, &names)?;
        self.overrides = (request, response);
        let map = self.heap.map_mut(context);
        map.put("requestOverride", Value::Map(request));
        map.put("responseOverride", Value::Map(response));
        Ok(Value::Map(context))
    }

    fn override_map(
        &mut self,
        map: usize,
        earlier: &JsonMap<String, Json>,
        inner: &[(&str, &'static str)],
    ) -> Step<()> {
        for (name, value) in earlier {
            let value = self.heap.import(value)?;
            self.heap.map_mut(map).put(name, value);
        }
        for (name, full_name) in inner {
            let once = Some(*full_name);
            let id = match earlier.get(*name) {
                Some(Json::Object(members)) => self.heap.import_map(members, once)?,
                _ => self.heap.new_map(once)?,
            };
            self.heap.map_mut(map).put(name, Value::Map(id));
        }
        Ok(())
    }

    pub(super) fn variable(&self, name: &str) -> Value {
        self.variables.get(name).cloned().unwrap_or(Value::Undefined)
    }

    /// Sets a variable; an undefined value removes it.
    pub(super) fn assign(&mut self, name: &str, value: Value) {
        if value.is_defined() {
            self.variables.insert(name.to_owned(), value);
        } else {
            self.variables.remove(name);
        }
    }

    pub(super) fn note(&mut self, reference: &Reference) {
        self.at = reference.at;
    }

    /// Remembers that something was printed that has no value.
    pub(super) fn note_blank(&mut self, source: &str) {
        let is_new = !self.blanks.iter().any(|known| known == source);
        if is_new && self.blanks.len() < MAXIMUM_BLANKS {
            self.blanks.push(source.to_owned());
        }
    }

    pub(super) fn enter(&mut self) -> Step<()> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(TemplateFault::TooDeep { limit: self.limits.depth });
        }
        self.heap.charge(1)
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn nodes(&mut self, nodes: &[Node], out: &mut String) -> Step<()> {
        self.enter()?;
        for node in nodes {
            self.heap.charge(1)?;
            self.node(node, out)?;
            if self.is_stopped || self.is_breaking {
                break;
            }
        }
        self.leave();
        Ok(())
    }

    fn node(&mut self, node: &Node, out: &mut String) -> Step<()> {
        match node {
            Node::Text(text) => self.push(text, out),
            Node::Foreign { printed, .. } => self.push(printed, out),
            Node::Print { reference, escapes } => self.print(reference, *escapes, out),
            Node::Set { target, value } => {
                let value = self.expression(value)?;
                self.set(target, value)
            }
            Node::If { branches, otherwise } => {
                for (condition, body) in branches {
                    if self.is_true(condition)? {
                        return self.nodes(body, out);
                    }
                }
                self.nodes(otherwise, out)
            }
            Node::Foreach { variable, list, body } => self.foreach(variable, list, body, out),
            Node::Define { name, body } => {
                self.assign(name, Value::Block(Rc::clone(body)));
                Ok(())
            }
            Node::Stop => {
                self.is_stopped = true;
                Ok(())
            }
            Node::Break => {
                self.is_breaking = true;
                Ok(())
            }
        }
    }

    fn push(&mut self, text: &str, out: &mut String) -> Step<()> {
        Printer { heap: &mut self.heap, out, maximum: self.limits.text_bytes }.push(text)
    }

    /// Prints a reference. Two backslashes before a defined one print one, an odd one keeps it from being evaluated;
    /// before an undefined one they all stay.
    fn print(&mut self, reference: &Reference, escapes: usize, out: &mut String) -> Step<()> {
        let value = self.reference(reference)?;
        if !value.is_defined() && is_asked_for(reference) {
            self.note_blank(&reference.source);
        }
        if escapes > 0 {
            let printed = if value.is_defined() { escapes / 2 } else { escapes };
            self.push(&"\\".repeat(printed), out)?;
            if !escapes.is_multiple_of(2) {
                return self.push(&reference.source, out);
            }
        }
        self.write(&value, out)
    }

    /// Writes a value as a reference prints it; a `#define` block is evaluated at each use.
    pub(super) fn write(&mut self, value: &Value, out: &mut String) -> Step<()> {
        if let Value::Block(nodes) = value {
            return self.nodes(&Rc::clone(nodes), out);
        }
        Printer { heap: &mut self.heap, out, maximum: self.limits.text_bytes }.value(value, 0)
    }

    pub(super) fn text_of(&mut self, value: &Value) -> Step<String> {
        let mut text = String::new();
        self.write(value, &mut text)?;
        Ok(text)
    }

    fn foreach(
        &mut self,
        variable: &str,
        list: &Expression,
        body: &[Node],
        out: &mut String,
    ) -> Step<()> {
        let items = match self.expression(list)? {
            Value::List(id) => self.heap.list(id).items.clone(),
            Value::Map(id) => {
                self.heap.map(id).entries().iter().map(|(_, value)| value.clone()).collect()
            }
            _ => return Ok(()),
        };
        self.heap.charge(items.len())?;
        let names = LOOP_VARIABLES.into_iter().chain([variable]);
        let saved: Vec<(String, Value)> =
            names.map(|name| (name.to_owned(), self.variable(name))).collect();
        let state = self.heap.new_map(None)?;
        // Its members.
        self.heap.charge(8)?;
        let parent = self.variable("foreach");
        self.heap.map_mut(state).put("parent", parent);
        let count = items.len().min(self.limits.loop_turns);
        self.is_loop_cut |= count < items.len();
        for (index, item) in items.into_iter().take(count).enumerate() {
            let has_next = index + 1 < count;
            let map = self.heap.map_mut(state);
            map.put("index", Value::count(index));
            map.put("count", Value::count(index + 1));
            map.put("hasNext", Value::Bool(has_next));
            map.put("first", Value::Bool(index == 0));
            map.put("last", Value::Bool(!has_next));
            self.assign("foreach", Value::Map(state));
            self.assign("velocityCount", Value::count(index + 1));
            self.assign("velocityHasNext", Value::Bool(has_next));
            self.assign(variable, item);
            self.nodes(body, out)?;
            if std::mem::take(&mut self.is_breaking) || self.is_stopped {
                break;
            }
        }
        for (name, value) in saved {
            self.assign(&name, value);
        }
        Ok(())
    }
}

/// Whether a reference is printed for its value, and not called for what it does, such as `$list.add(1)`.
fn is_asked_for(reference: &Reference) -> bool {
    reference.name == "input" || !matches!(reference.accesses.last(), Some(Access::Call(..)))
}
