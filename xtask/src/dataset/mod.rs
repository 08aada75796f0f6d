//! Drafts a dataset file from the machine-readable model of a list operation.
//!
//! What a model does not say is left for whoever completes the file: prose, which stands as empty text that the
//! reader of dataset files names, and guesses (key, action, parent), each with a comment above it.

mod model;
mod names;

use anyhow::{Context, Result, bail, ensure};
use model::{Member, Model, Operation};
use names::{camel_case, snake_case};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Returns the draft of the dataset that an operation lists.
///
/// # Errors
/// Fails where the model cannot be read, has no such operation, or the operation is no REST-JSON list.
pub fn draft(path: &Path, operation: &str) -> Result<String> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read (is it still packed?)", path.display()))?;
    let model: Model = serde_json::from_str(&text)
        .with_context(|| format!("{} is no model of a service", path.display()))?;
    of_model(&model, operation)
}

/// What a list operation says of its dataset.
struct Draft<'a> {
    model: &'a Model,
    operation: &'a Operation,
    /// The name of the shape of an item.
    shape: &'a str,
    /// Wire name of the list in the answer.
    items: &'a str,
    /// Wire name and member of an item, by column name.
    columns: BTreeMap<String, (&'a str, &'a Member)>,
    /// Wire names of members that are tags, by tag.
    tags: BTreeMap<String, &'a str>,
    own_tags: Option<&'a str>,
}

fn of_model(model: &Model, operation: &str) -> Result<String> {
    let known = || model.operations.keys().cloned().collect::<Vec<_>>().join(", ");
    let operation = model.operations.get(operation).with_context(|| {
        format!("the model has no operation \"{operation}\"; it has {}", known())
    })?;
    ensure!(
        model.metadata.protocol == "rest-json" && operation.http.method == "GET",
        "{} is not a GET of a REST-JSON service, which is all that datasets are listed by",
        operation.name
    );
    let output = operation.output.as_ref().context("the operation answers nothing")?;
    let mut lists = Vec::new();
    for (name, member) in &model.shape(&output.shape)?.members {
        let shape = model.shape(&member.shape)?;
        let Some(item) = &shape.member else { continue };
        if model.shape(&item.shape)?.kind == "structure" {
            lists.push((member.wire_name(name), item.shape.as_str()));
        }
    }
    let [(items, shape)] = lists.as_slice() else {
        bail!("{} answers {} lists of structures, not one", operation.name, lists.len());
    };
    let mut draft = Draft {
        model,
        operation,
        shape,
        items,
        columns: BTreeMap::new(),
        tags: BTreeMap::new(),
        own_tags: None,
    };
    for (name, member) in &model.shape(shape)?.members {
        draft.add_member(member.wire_name(name), member);
    }
    draft.render()
}

impl<'a> Draft<'a> {
    fn add_member(&mut self, wire: &'a str, member: &'a Member) {
        let name = snake_case(wire);
        match name.as_str() {
            "tags" => self.own_tags = Some(wire),
            _ if name.ends_with("_key") => {
                self.tags.insert(name, wire);
            }
            _ => {
                self.columns.insert(name, (wire, member));
            }
        }
    }

    fn table(&self) -> String {
        let service = self.model.metadata.service_id.replace(' ', "").to_lowercase();
        format!("{service}_{}", self.shape.to_lowercase())
    }

    /// Returns the column that most likely is the item's id.
    fn id(&self) -> String {
        let shape = snake_case(self.shape);
        let candidates =
            [format!("{shape}_id"), format!("{shape}_name"), shape, "id".into(), "name".into()];
        let found = candidates.into_iter().find(|name| self.columns.contains_key(name));
        found.unwrap_or_else(|| "id".to_owned())
    }

    /// Returns the path with variables in snake case.
    fn path(&self) -> String {
        let mut path = String::new();
        let mut rest = self.operation.http.request_uri.as_str();
        while let Some((before, (variable, after))) =
            rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            // Writing into a String cannot fail, here and below.
            let _ = write!(path, "{before}{{{}}}", snake_case(variable));
            rest = after;
        }
        path + rest
    }

    fn parent_variable(&self) -> Option<String> {
        let path = self.path();
        let (_, last) = path.rsplit_once('{')?;
        Some(last.split_once('}')?.0.to_owned())
    }

    fn render(&self) -> Result<String> {
        let metadata = &self.model.metadata;
        let service = metadata.service_id.replace(' ', "").to_lowercase();
        let signing = metadata.signing_name.as_ref().unwrap_or(&metadata.endpoint_prefix);
        let (id, path) = (self.id(), self.path());
        let arn = format!("arn:{{partition}}:{signing}:{{region}}:{{account_id}}:{path}");
        let operation = &self.operation.name;
        let mut text = format!(
            "id = \"aws.{table}\"\ntitle = \"\"\ndescription = \"\"\n\
             # A guess: AWS documents the form in the service authorization reference.\n\
             key = \"{arn}/{{{id}}}\"\n\n",
            table = self.table(),
        );
        if let Some(variable) = self.parent_variable() {
            let parent = variable.trim_end_matches("_id");
            let _ = write!(
                text,
                "# A guess from the variable \"{variable}\" of the path.\n\
                 [parent]\ndataset = \"aws.{service}_{parent}\"\n\n"
            );
        }
        let _ = write!(
            text,
            "[list]\nservice = \"{service}\"\nendpoint_prefix = \"{prefix}\"\nsigning_name = \"{signing}\"\n\
             operation = \"{operation}\"\n\
             # A guess, as is the resource: some services authorise by other names than those of operations.\n\
             action = \"{signing}:{operation}\"\nresource = \"{arn}\"\npath = \"{path}\"\nitems = \"{items}\"\n\n",
            prefix = metadata.endpoint_prefix,
            items = self.items,
        );
        text.push_str(&self.paging()?);
        let _ = write!(text, "[[lineage]]\nname = \"{id}\"\ntag = true\n\n");
        if let Some(own) = self.own_tags {
            let _ = write!(text, "[tags]\nown = \"{own}\"\n\n");
        }
        if !self.tags.is_empty() {
            text.push_str("[tags.members]\n");
            for (tag, wire) in &self.tags {
                let _ = writeln!(text, "{tag} = \"{wire}\"");
            }
            text.push('\n');
        }
        text.push_str(&self.columns()?);
        Ok(text)
    }

    fn paging(&self) -> Result<String> {
        let mut parameters = BTreeMap::new();
        if let Some(input) = &self.operation.input {
            for (name, member) in &self.model.shape(&input.shape)?.members {
                parameters.insert(name.to_lowercase(), member.wire_name(name));
            }
        }
        let parameter = |names: [&str; 4]| {
            let found = names.iter().find_map(|name| parameters.get(*name));
            found.copied().unwrap_or("").to_owned()
        };
        let size = parameter(["maxresults", "limit", "maxitems", "pagesize"]);
        let token = parameter(["nexttoken", "position", "marker", "pagetoken"]);
        Ok(format!(
            "[list.paging]\nsize_parameter = \"{size}\"\n\
             # The largest that the service takes.\nsize = 100\n\
             token_parameter = \"{token}\"\ntoken_member = \"{token}\"\n\n"
        ))
    }

    fn columns(&self) -> Result<String> {
        let tags = if self.own_tags.is_some() { "hstore" } else { "hstore_csv" };
        let mut columns = BTreeMap::from([
            ("account_id", column("account_id", "string", "")),
            ("tags", column("tags", tags, "")),
        ]);
        for (name, (wire, member)) in &self.columns {
            let (kind, is_json_text) = self.model.column_type(member)?;
            let mut extra = String::new();
            if camel_case(name) != **wire {
                let _ = writeln!(extra, "member = \"{wire}\"");
            }
            if is_json_text {
                extra.push_str("json_text = true\n");
            }
            columns.insert(name, column(name, kind, &extra));
        }
        let text = column("_key", "string", "") + &columns.into_values().collect::<String>();
        Ok(text.trim_end().to_owned() + "\n")
    }
}

fn column(name: &str, kind: &str, extra: &str) -> String {
    format!("[[column]]\nname = \"{name}\"\ntype = \"{kind}\"\n{extra}description = \"\"\n\n")
}

#[cfg(test)]
mod tests;
