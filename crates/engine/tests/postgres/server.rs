//! The PostgreSQL that decides: started for a test, gone with it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Set to 1, it lets the tests pass on a machine without PostgreSQL.
const WITHOUT_POSTGRES: &str = "CENSUS_WITHOUT_POSTGRES";

/// A running server with a data folder of its own; dropping it stops the server and removes the folder.
pub struct Server {
    process: Child,
    input: Option<ChildStdin>,
    folder: PathBuf,
}

impl Server {
    /// Starts a server, or returns none where the environment says to do without.
    ///
    /// # Panics
    /// Where PostgreSQL 15 or its hstore is missing or does not start; the message says what to install.
    pub fn start() -> Option<Self> {
        if std::env::var(WITHOUT_POSTGRES).is_ok_and(|value| value == "1") {
            eprintln!("{WITHOUT_POSTGRES} is set: nothing was compared with PostgreSQL");
            return None;
        }
        let script = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap())
            .join("tests/postgres/server.sh");
        let mut process = Command::new("sh")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take();
        let mut folder = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        if folder.is_empty() {
            let output = process.wait_with_output().unwrap();
            panic!("{}", String::from_utf8_lossy(&output.stderr).trim_end());
        }
        Some(Self { process, input, folder: PathBuf::from(folder.trim_end()) })
    }

    /// Returns the socket that the server listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The script waits for the end of its input.
        drop(self.input.take());
        let _ = self.process.wait();
    }
}
