//! `$input` and `$util`.
//!
//! Source: API Gateway Developer Guide, "WebSocket API mapping template reference".

use super::encoding::{base64_decode, escape_java_script, url_decode, url_encode};
use super::evaluator::{Document, Evaluator, Step};
use super::heap::Value;
use crate::TemplateFault;
use crate::grammar::JsonPath;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map as JsonMap, Value as Json, json};
use std::rc::Rc;

impl Evaluator<'_> {
    /// `$input.body`: an empty payload prints `{}` (recorded).
    pub(super) fn body(&self) -> &str {
        if self.scope.body.is_empty() { "{}" } else { &self.scope.body }
    }

    /// `$input.body` as a text that every use of it shares.
    pub(super) fn body_text(&mut self) -> Rc<str> {
        if let Some(text) = &self.body_text {
            return Rc::clone(text);
        }
        let text: Rc<str> = Rc::from(self.body());
        self.body_text = Some(Rc::clone(&text));
        text
    }

    pub(super) fn call_input(&mut self, name: &str, arguments: &[Value]) -> Step<Value> {
        match name {
            "json" => self.input_json(arguments.first()),
            "path" => self.input_path(arguments.first()),
            // Undocumented for WebSocket APIs; a message after `$connect` has no parameters.
            "params" if arguments.is_empty() => {
                self.heap.import(&json!({"path": {}, "querystring": {}, "header": {}}))
            }
            _ => Ok(Value::Undefined),
        }
    }

    /// What a path finds in the payload; nothing where the payload is not JSON.
    fn find(&mut self, method: &str, path: Option<&Value>) -> Step<Option<Json>> {
        let path = match path {
            None => "$".to_owned(),
            Some(path) => self.text_of(path)?,
        };
        if matches!(self.document, Document::Unread) {
            self.heap.charge_text(self.scope.body.len())?;
            let parsed = serde_json::from_str(self.body());
            self.document = parsed.map_or(Document::Other, |json| Document::Json(Rc::new(json)));
        }
        let Document::Json(document) = self.document.clone() else { return Ok(None) };
        let fault = |error: crate::GrammarError| TemplateFault::call(method, error.to_string());
        let parsed = JsonPath::parse(&path).map_err(fault)?;
        let (found, visited) = parsed.find_counting(&document).map_err(fault)?;
        self.heap.charge(visited / 4)?;
        self.heap.charge(found.size() / 4)?;
        Ok(found.to_value())
    }

    /// Compact JSON text; two quote characters where nothing is found (asserted by an emulator).
    fn input_json(&mut self, path: Option<&Value>) -> Step<Value> {
        let found = self.find("json", path)?;
        let Some(found) = found else {
            let path = path.map(|path| self.text_of(path)).transpose()?.unwrap_or_default();
            self.note_blank(&format!("$input.json('{path}')"));
            return self.new_text("\"\"".to_owned());
        };
        self.new_text(found.to_string())
    }

    fn input_path(&mut self, path: Option<&Value>) -> Step<Value> {
        match self.find("path", path)? {
            Some(found) => self.heap.import(&found),
            None => Ok(Value::Undefined),
        }
    }

    /// `$util`; an undefined argument gives an undefined result, which prints nothing (recorded for `urlEncode`).
    pub(super) fn call_utility(&mut self, name: &str, arguments: &[Value]) -> Step<Value> {
        let Some(argument) = arguments.first().filter(|argument| argument.is_defined()) else {
            return Ok(Value::Undefined);
        };
        let text = self.text_of(argument)?;
        self.heap.charge_text(text.len())?;
        let fault = |reason: String| TemplateFault::call(name, reason);
        match name {
            "escapeJavaScript" => self.new_text(escape_java_script(&text)),
            "urlEncode" => self.new_text(url_encode(&text)),
            "urlDecode" => {
                let decoded =
                    url_decode(&text).ok_or_else(|| fault("illegal \"%\" escape".into()))?;
                self.new_text(decoded)
            }
            "base64Encode" => self.new_text(STANDARD.encode(text)),
            "base64Decode" => {
                let bytes = base64_decode(&text).ok_or_else(|| fault("not base64".into()))?;
                self.new_text(String::from_utf8_lossy(&bytes).into_owned())
            }
            "parseJson" => {
                let json: Json =
                    serde_json::from_str(&text).map_err(|error| fault(error.to_string()))?;
                self.heap.import(&json)
            }
            _ => Ok(Value::Undefined),
        }
    }

    /// A text as a value, within the bound on texts.
    pub(super) fn new_text(&mut self, text: String) -> Step<Value> {
        let limit = self.limits.text_bytes;
        if text.len() > limit {
            return Err(TemplateFault::TextTooLarge { limit });
        }
        self.heap.charge(1)?;
        self.heap.charge_text(text.len())?;
        Ok(Value::Text(Rc::from(text)))
    }

    /// An entry of a map, as `entrySet()` gives it.
    pub(super) fn entry(&mut self, key: &str, value: Value) -> Step<Value> {
        let id = self
            .heap
            .import_map(&JsonMap::from_iter([("key".to_owned(), Json::from(key))]), None)?;
        self.heap.put(id, "value", value)?;
        Ok(Value::Map(id))
    }
}
