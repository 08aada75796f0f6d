//! Runs the files of `slt/`: statements with the types and texts of what they give.

mod support;

use census_engine::Session;
use census_error::Error;
use census_types::SqlType;
use sqllogictest::{AsyncDB, DBOutput, DefaultColumnType, Runner};
use std::path::Path;

struct Database(Session);

#[derive(Debug)]
struct Failure(Error);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.sqlstate(), self.0)
    }
}

impl std::error::Error for Failure {}

fn column_type(sql_type: &SqlType) -> DefaultColumnType {
    match sql_type {
        SqlType::Int16 | SqlType::Int32 | SqlType::Int64 => DefaultColumnType::Integer,
        SqlType::Float32 | SqlType::Float64 => DefaultColumnType::FloatingPoint,
        SqlType::Unknown => DefaultColumnType::Any,
        _ => DefaultColumnType::Text,
    }
}

#[async_trait::async_trait]
impl AsyncDB for Database {
    type Error = Failure;
    type ColumnType = DefaultColumnType;

    async fn run(&mut self, sql: &str) -> Result<DBOutput<Self::ColumnType>, Self::Error> {
        let schema = self.0.query(sql).await.map_err(Failure)?.schema;
        let types =
            schema.fields().iter().map(|field| column_type(&SqlType::from_field(field))).collect();
        let rows = support::texts(&self.0, sql).await.map_err(Failure)?;
        Ok(DBOutput::Rows { types, rows })
    }

    async fn shutdown(&mut self) {}

    fn engine_name(&self) -> &'static str {
        "census"
    }
}

#[tokio::test]
async fn files_of_statements_give_what_they_say() {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/slt");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // The folder among them belongs to `postgres/main.rs`.
    files.retain(|file| file.is_file());
    files.sort();
    assert!(!files.is_empty());
    let mut faults = Vec::new();
    for file in files {
        let mut runner = Runner::new(|| async { Ok(Database(support::session().await)) });
        runner.with_column_validator(sqllogictest::strict_column_validator);
        for record in sqllogictest::parse_file(&file).unwrap() {
            if let Err(fault) = runner.run_async(record).await {
                faults.push(fault.to_string());
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
