//! The files of `slt/pg/`: statements with what PostgreSQL gives, and where the engine differs on purpose.

use crate::database::Letter;
use sqllogictest::{AsyncDB, Condition, MakeConnection, Record, Runner};
use std::path::{Path, PathBuf};

/// The file of what the engine gets wrong: PostgreSQL gives what it says, the engine does not.
pub const KNOWN_WRONG: &str = "known_wrong.slt";

/// A file and its statements.
pub struct Script {
    pub name: String,
    pub cases: Vec<Case>,
}

/// One statement and what it gives.
pub struct Case {
    record: Record<Letter>,
    /// The entry of `docs/differences.md` that it belongs to, where it is for one engine only.
    pub difference: Option<String>,
    /// Why the file is not as it has to be, found while reading it.
    pub fault: Option<String>,
}

/// Reads all files, sorted by name.
pub fn scripts() -> Vec<Script> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/slt/pg");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| Script {
            name: file.file_name().unwrap().to_string_lossy().into_owned(),
            cases: cases(sqllogictest::parse_file(&file).unwrap()),
        })
        .collect()
}

fn cases(records: Vec<Record<Letter>>) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut difference = None;
    for record in records {
        match &record {
            Record::Comment(lines) => {
                let mut ids = lines.iter().filter_map(|line| line.strip_prefix(" difference: "));
                difference = ids.next_back().map(str::to_owned);
            }
            Record::Statement { conditions, .. } | Record::Query { conditions, .. } => {
                let fault = fault(conditions, difference.as_deref());
                cases.push(Case { difference: difference.take(), fault, record });
            }
            // A label stands between its comment and its statement.
            Record::Condition(_) => {}
            _ => difference = None,
        }
    }
    cases
}

fn fault(conditions: &[Condition], difference: Option<&str>) -> Option<String> {
    match (conditions, difference) {
        ([], None) => None,
        ([], Some(id)) => {
            Some(format!("\"# difference: {id}\" stands before a statement for both"))
        }
        ([_], None) => Some("a label needs a line \"# difference: ID\" before it".to_owned()),
        ([Condition::OnlyIf { label } | Condition::SkipIf { label }], Some(_))
            if ["census", "postgres"].contains(&label.as_str()) =>
        {
            None
        }
        _ => Some("a statement has one label at most, census or postgres".to_owned()),
    }
}

impl Case {
    /// Returns file and line.
    pub fn place(&self) -> String {
        match &self.record {
            Record::Statement { loc, .. } | Record::Query { loc, .. } => {
                let file = Path::new(loc.file()).file_name().unwrap_or_default();
                format!("{}:{}", file.to_string_lossy(), loc.line())
            }
            _ => String::new(),
        }
    }

    fn is_for(&self, engine: &str) -> bool {
        let (Record::Statement { conditions, .. } | Record::Query { conditions, .. }) =
            &self.record
        else {
            return true;
        };
        conditions.iter().all(|condition| match condition {
            Condition::OnlyIf { label } => label == engine,
            Condition::SkipIf { label } => label != engine,
        })
    }

    /// Returns the statement for whichever engine runs it.
    fn unlabelled(&self) -> Record<Letter> {
        let mut record = self.record.clone();
        if let Record::Statement { conditions, .. } | Record::Query { conditions, .. } = &mut record
        {
            conditions.clear();
        }
        record
    }
}

/// Runs all statements of a file on one engine and returns where it does not do what the file says.
///
/// A statement that is for the other engine, and on the engine one of [`KNOWN_WRONG`], must give something else.
pub async fn faults<D, M>(script: &Script, engine: &str, connect: M) -> Vec<String>
where
    D: AsyncDB<ColumnType = Letter>,
    M: MakeConnection<Conn = D>,
{
    let mut runner = Runner::new(connect);
    // Cells are compared byte for byte.
    runner.with_normalizer(String::clone);
    runner.with_column_validator(sqllogictest::strict_column_validator);
    let is_known_wrong = script.name == KNOWN_WRONG && engine == "census";
    let mut faults = Vec::new();
    for case in &script.cases {
        let outcome = runner.run_async(case.unlabelled()).await;
        let agrees = case.is_for(engine) && !is_known_wrong;
        match outcome {
            Err(fault) if agrees => faults.push(fault.to_string()),
            Ok(_) if is_known_wrong => {
                faults.push(format!(
                    "{} is right now: scripts/known_wrong.py moves it",
                    case.place()
                ));
            }
            Ok(_) if !agrees => {
                let id = case.difference.as_deref().unwrap_or_default();
                faults.push(format!("{} does not differ any more on {engine}: {id}", case.place()));
            }
            _ => {}
        }
    }
    faults
}
