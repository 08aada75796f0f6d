//! What can be checked of a dataset file without knowing the others.

use crate::column::{Column, ColumnKind, ColumnSource};
use crate::dataset::{Dataset, LineageVariable, ListCall, Paging, Parent, TagRules};
use crate::file::{ColumnTable, DatasetFile, Source, Text};
use crate::template::is_lower_snake_case;
use crate::{Fault, FaultKind, Template, nearest};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

/// Schemas that hold something else than datasets of a cloud.
const RESERVED_SCHEMAS: [&str; 4] = ["census", "information_schema", "pg_catalog", "public"];

/// The columns that every dataset has.
const REQUIRED_COLUMNS: [&str; 3] = ["_key", "account_id", "tags"];

/// Collects the faults of one file.
pub struct Checker<'a> {
    source: &'a Source,
    faults: Vec<Fault>,
}

/// Turns a file into its dataset and finds everything that is wrong with it alone.
///
/// The dataset comes back even of a faulty file, without the faulty parts, so that its children can be checked.
pub fn check(file: &DatasetFile, source: &Source) -> (Dataset, Vec<Fault>) {
    let mut checker = Checker { source, faults: Vec::new() };
    checker.check_id(&file.id);
    let dataset = Dataset {
        id: source.expected_id.clone(),
        title: checker.text(file.title.as_ref(), "the dataset", "title", &file.id.span()),
        description: paragraphs(&checker.text(
            file.description.as_ref(),
            "the dataset",
            "description",
            &file.id.span(),
        )),
        documentation: file.documentation.as_ref().map(|link| link.get_ref().clone()),
        columns: checker.columns(&file.column, &file.id.span()),
        key: checker.template(&file.key),
        tags: TagRules { own: file.tags.own.clone(), members: file.tags.members.clone() },
        list: checker.list_call(file),
        parent: file.parent.as_ref().map(|parent| Parent {
            dataset: parent.dataset.get_ref().clone(),
            skip: parent
                .skip
                .iter()
                .map(|(name, values)| (name.get_ref().clone(), values.clone()))
                .collect(),
        }),
        lineage: file.lineage.iter().map(|variable| checker.lineage_variable(variable)).collect(),
        inherited: Vec::new(),
        relations: Vec::new(),
    };
    (dataset, checker.faults)
}

impl Checker<'_> {
    fn fault(&mut self, span: &Range<usize>, kind: FaultKind) {
        let line = Some(self.source.line(span));
        self.faults.push(Fault { file: self.source.label.clone(), line, kind });
    }

    fn check_id(&mut self, id: &Text) {
        let expected = &self.source.expected_id;
        if id.get_ref() != expected {
            let kind =
                FaultKind::WrongId { found: id.get_ref().clone(), expected: expected.clone() };
            self.fault(&id.span(), kind);
        }
        let schema = expected.split('.').next().unwrap_or_default();
        if RESERVED_SCHEMAS.contains(&schema) {
            self.fault(&id.span(), FaultKind::ReservedSchema(schema.to_owned()));
        }
    }

    fn text(
        &mut self,
        text: Option<&Text>,
        owner: &str,
        part: &'static str,
        place: &Range<usize>,
    ) -> String {
        let trimmed = text.map_or("", |text| text.get_ref().trim());
        if trimmed.is_empty() {
            let place = text.map_or_else(|| place.clone(), Text::span);
            self.fault(&place, FaultKind::MissingText { owner: owner.to_owned(), part });
        }
        trimmed.to_owned()
    }

    fn template(&mut self, text: &Text) -> Template {
        match Template::parse(text.get_ref()) {
            Ok(template) => template,
            Err(error) => {
                self.fault(&text.span(), FaultKind::Template(error));
                Template::default()
            }
        }
    }

    fn list_call(&mut self, file: &DatasetFile) -> ListCall {
        let list = &file.list;
        let is_action = list.action.get_ref().split_once(':').is_some_and(|(service, action)| {
            !service.is_empty() && !action.is_empty() && !action.contains('*')
        });
        if !is_action {
            let value = list.action.get_ref().clone();
            self.fault(
                &list.action.span(),
                FaultKind::InvalidValue { value, expected: "an action such as apigateway:GET" },
            );
        }
        if !list.path.get_ref().starts_with('/') {
            let value = list.path.get_ref().clone();
            self.fault(
                &list.path.span(),
                FaultKind::InvalidValue { value, expected: "a path that starts with a slash" },
            );
        }
        if *list.paging.size.get_ref() == 0 {
            self.fault(
                &list.paging.size.span(),
                FaultKind::InvalidValue { value: "0".to_owned(), expected: "a page size" },
            );
        }
        ListCall {
            service: list.service.clone(),
            endpoint_prefix: list.endpoint_prefix.clone(),
            signing_name: list.signing_name.clone(),
            operation: list.operation.clone(),
            action: list.action.get_ref().clone(),
            resource: self.template(&list.resource),
            path: self.template(&list.path),
            items: list.items.clone(),
            paging: Paging {
                size_parameter: list.paging.size_parameter.clone(),
                size: *list.paging.size.get_ref(),
                token_parameter: list.paging.token_parameter.clone(),
                token_member: list.paging.token_member.clone(),
            },
        }
    }

    fn lineage_variable(&mut self, table: &crate::file::LineageTable) -> LineageVariable {
        let name = table.name.get_ref();
        if !is_lower_snake_case(name) {
            let kind = FaultKind::InvalidValue {
                value: name.clone(),
                expected: "a variable in lower snake case",
            };
            self.fault(&table.name.span(), kind);
        }
        LineageVariable {
            name: name.clone(),
            member: table.member.clone().unwrap_or_else(|| lower_camel_case(name)),
            tag: table.tag,
        }
    }

    fn columns(&mut self, tables: &[ColumnTable], place: &Range<usize>) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::with_capacity(tables.len());
        let mut seen = BTreeSet::new();
        let mut previous: Option<&str> = None;
        for table in tables {
            let name = table.name.get_ref().as_str();
            if !seen.insert(name) {
                self.fault(&table.name.span(), FaultKind::DuplicateColumn(name.to_owned()));
                continue;
            }
            match previous {
                Some(before) if column_order(name, before) == Ordering::Less => {
                    let kind =
                        FaultKind::ColumnOrder { name: name.to_owned(), before: before.to_owned() };
                    self.fault(&table.name.span(), kind);
                }
                _ => previous = Some(name),
            }
            if let Some(column) = self.column(table) {
                columns.push(column);
            }
        }
        for required in REQUIRED_COLUMNS {
            if !seen.contains(required) {
                self.fault(place, FaultKind::MissingColumn(required));
            }
        }
        columns
    }

    fn column(&mut self, table: &ColumnTable) -> Option<Column> {
        let name = table.name.get_ref();
        if name != "_key" && !is_lower_snake_case(name) {
            self.fault(&table.name.span(), FaultKind::InvalidColumnName(name.clone()));
        }
        let owner = format!("column \"{name}\"");
        let description =
            self.text(table.description.as_ref(), &owner, "description", &table.name.span());
        let Some(kind) = ColumnKind::parse(table.kind.get_ref()) else {
            let found = table.kind.get_ref().clone();
            let nearest = nearest(&found, ColumnKind::ALL.iter().map(|kind| kind.as_str()))
                .and_then(ColumnKind::parse)
                .map(ColumnKind::as_str);
            self.fault(&table.kind.span(), FaultKind::UnknownType { found, nearest });
            return None;
        };
        self.check_kind(table, kind);
        Some(Column {
            name: name.clone(),
            kind,
            source: self.column_source(table),
            description: paragraphs(&description),
        })
    }

    fn check_kind(&mut self, table: &ColumnTable, kind: ColumnKind) {
        let name = table.name.get_ref().as_str();
        let is_json_text = table.json_text.as_ref().is_some_and(|flag| *flag.get_ref());
        let expected = match name {
            "_key" | "account_id" if kind != ColumnKind::String => "string",
            "tags" if !matches!(kind, ColumnKind::Hstore | ColumnKind::HstoreCsv) => {
                "hstore or hstore_csv"
            }
            _ if name != "tags" && kind == ColumnKind::HstoreCsv => {
                "hstore: only tags join values with commas"
            }
            _ if (is_json_text || table.template.is_some()) && kind != ColumnKind::String => {
                "string"
            }
            _ => return,
        };
        let kind = FaultKind::WrongType { column: name.to_owned(), found: kind.as_str(), expected };
        self.fault(&table.kind.span(), kind);
    }

    fn column_source(&mut self, table: &ColumnTable) -> ColumnSource {
        let name = table.name.get_ref();
        let is_required = REQUIRED_COLUMNS.contains(&name.as_str());
        let reason = if is_required {
            "Every dataset has this column from its own rules."
        } else {
            "A template needs no member."
        };
        let given = [
            ("member", table.member.as_ref().map(Text::span)),
            ("json_text", table.json_text.as_ref().map(toml::Spanned::span)),
            ("template", table.template.as_ref().map(Text::span)),
        ];
        for (key, span) in given {
            let contradicts = is_required || (key != "template" && table.template.is_some());
            if let (true, Some(span)) = (contradicts, span) {
                self.fault(
                    &span,
                    FaultKind::ContradictoryKey { column: name.clone(), key, reason },
                );
            }
        }
        match name.as_str() {
            "_key" => return ColumnSource::Key,
            "account_id" => return ColumnSource::AccountId,
            "tags" => return ColumnSource::Tags,
            _ => {}
        }
        if let Some(template) = &table.template {
            return ColumnSource::Template(self.template(template));
        }
        let member = table
            .member
            .as_ref()
            .map_or_else(|| lower_camel_case(name), |member| member.get_ref().clone());
        match &table.json_text {
            Some(flag) if *flag.get_ref() => ColumnSource::MemberText(member),
            _ => ColumnSource::Member(member),
        }
    }
}

/// `_key`, then the others by name.
fn column_order(left: &str, right: &str) -> Ordering {
    (left != "_key", left).cmp(&(right != "_key", right))
}

/// Returns the wire name that a column's name follows from: `api_id` is `apiId`.
fn lower_camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for (index, word) in name.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(letters.as_str());
    }
    camel
}

/// Joins the lines of each paragraph: line breaks in a file are for its readers.
fn paragraphs(text: &str) -> String {
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_follows_from_the_name_of_its_column() {
        assert_eq!(
            lower_camel_case("template_selection_expression"),
            "templateSelectionExpression"
        );
        assert_eq!(lower_camel_case("api_id"), "apiId");
        assert_eq!(lower_camel_case("name"), "name");
    }

    #[test]
    fn line_breaks_within_a_paragraph_become_spaces() {
        assert_eq!(paragraphs("a\n  b\n\n\nc\n"), "a b\n\nc");
    }
}
