//! DDSQL on DataFusion: which statements are allowed, what its types, operators, casts and functions
//! mean, and how DataFusion's errors read in PostgreSQL's words.
//!
//! Sessions, catalogs and execution belong to the engine, stored rows to the store.

mod aggregate_arguments;
mod arithmetic;
mod calls;
mod casts;
mod clauses;
mod complexity;
mod decorrelation;
mod error;
pub mod error_map;
mod from_names;
pub mod functions;
mod hstore_order;
mod inspection;
mod interval_order;
mod joined_literals;
pub mod joins_using;
mod json_parts;
mod literal_lists;
mod open_literals;
mod operators;
pub mod output_names;
mod plain_forms;
mod position;
mod refusal;
mod regular_expressions;
mod relations;
mod reserved_words;
pub mod row_functions;
mod set_operations;
mod setting_statement;
mod sql_types;
mod statement;
pub mod subquery_forms;
mod syntax_error;
mod tag_references;
mod tag_tokens;
mod temporary_statement;
mod text_syntax;
mod time_syntax;
mod typed_literals;
mod values_types;
pub mod with_queries;

pub use aggregate_arguments::AggregateArgumentCheck;
pub use arithmetic::ArithmeticRewrite;
pub use casts::CastRewrite;
pub use complexity::{MAXIMUM_LENGTH, MAXIMUM_NESTING, MAXIMUM_OPERATORS};
pub use decorrelation::DecorrelationRule;
pub use error::DialectError;
pub use hstore_order::{HstoreOrderRewrite, HstoreOrderRule};
pub use inspection::MAXIMUM_RELATIONS;
pub use interval_order::IntervalOrderRewrite;
pub use json_parts::{JsonMemberRewrite, JsonUnnestRule};
pub use literal_lists::LiteralListRewrite;
pub use open_literals::{OpenLiteralRewrite, OpenUnionRule};
pub use operators::planners;
pub use refusal::read_only as refuse_write;
pub use relations::{Relation, relations};
pub use set_operations::SetOperationRule;
pub use sql_types::{DdsqlTypes, type_name};
pub use statement::{SettingName, Statement, split};
pub use tag_references::{ScopeRelation, TagReference};
pub use temporary_statement::{cast_columns, parse_type, with_literal_types};
