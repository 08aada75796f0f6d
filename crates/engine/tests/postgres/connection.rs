//! A connection to PostgreSQL: simple queries over its socket, answered with types, texts and SQLSTATEs.
//!
//! The simple query protocol is all that is needed, and small enough to need no driver:
//! <https://www.postgresql.org/docs/15/protocol-message-formats.html>.

use crate::database::{Failure, Letter, cell};
use sqllogictest::{AsyncDB, DBOutput};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

const PROTOCOL_3_0: u32 = 196_608;

/// A connection as the server's only user.
pub struct Connection {
    stream: UnixStream,
    /// The names of types by their numbers.
    types: HashMap<u32, String>,
}

/// What one statement gave: the columns' type numbers and the rows.
#[derive(Default)]
struct Reply {
    types: Vec<u32>,
    rows: Vec<Vec<Option<String>>>,
    failure: Option<Failure>,
}

/// The contents of a message, read from its start.
struct Message(Vec<u8>, usize);

impl Connection {
    /// Connects to a database.
    pub fn open(socket: &Path, database: &str) -> Result<Self, Failure> {
        let stream = UnixStream::connect(socket).unwrap();
        let mut connection = Self { stream, types: HashMap::new() };
        let mut startup = PROTOCOL_3_0.to_be_bytes().to_vec();
        startup.extend(format!("user\0census\0database\0{database}\0\0").bytes());
        connection.send(None, &startup);
        connection.reply().result()?;
        let names = connection.query("SELECT oid, format_type(oid, NULL) FROM pg_type")?;
        for mut row in names.rows {
            let (name, number) = (row.pop().flatten(), row.pop().flatten());
            connection.types.insert(number.unwrap().parse().unwrap(), name.unwrap());
        }
        Ok(connection)
    }

    /// Runs a statement that is there for its effect.
    pub fn execute(&mut self, sql: &str) -> Result<(), Failure> {
        self.query(sql).map(|_| ())
    }

    /// Runs a statement and returns its rows, cells as PostgreSQL prints them.
    pub fn rows(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, Failure> {
        self.query(sql).map(|reply| reply.rows)
    }

    fn query(&mut self, sql: &str) -> Result<Reply, Failure> {
        self.send(Some(b'Q'), &[sql.as_bytes(), b"\0"].concat());
        self.reply().result()
    }

    /// Sends a message; the first of a connection has no kind.
    fn send(&mut self, kind: Option<u8>, contents: &[u8]) {
        let length = u32::try_from(contents.len() + 4).unwrap();
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(contents);
        self.stream.write_all(&message).unwrap();
    }

    /// Reads messages until the server is ready for the next statement.
    fn reply(&mut self) -> Reply {
        let mut reply = Reply::default();
        loop {
            let mut head = [0; 5];
            self.stream.read_exact(&mut head).unwrap();
            let [kind, length @ ..] = head;
            let mut contents = vec![0; u32::from_be_bytes(length) as usize - 4];
            self.stream.read_exact(&mut contents).unwrap();
            let mut message = Message(contents, 0);
            match kind {
                b'T' => reply.types = message.row_description(),
                b'D' => reply.rows.push(message.data_row()),
                b'E' => reply.failure = Some(message.error()),
                b'Z' => return reply,
                _ => {}
            }
        }
    }
}

impl Reply {
    fn result(mut self) -> Result<Self, Failure> {
        self.failure.take().map_or(Ok(self), Err)
    }
}

impl Message {
    fn take(&mut self, length: usize) -> &[u8] {
        self.1 += length;
        &self.0[self.1 - length..self.1]
    }

    fn int16(&mut self) -> u16 {
        u16::from_be_bytes(self.take(2).try_into().unwrap())
    }

    fn int32(&mut self) -> u32 {
        u32::from_be_bytes(self.take(4).try_into().unwrap())
    }

    /// Takes a text that a zero byte ends.
    fn string(&mut self) -> String {
        let length = self.0[self.1..].iter().position(|byte| *byte == 0).unwrap();
        let text = String::from_utf8(self.take(length).to_vec()).unwrap();
        self.take(1);
        text
    }

    fn row_description(&mut self) -> Vec<u32> {
        let columns = self.int16();
        (0..columns)
            .map(|_| {
                self.string();
                self.take(6);
                let type_number = self.int32();
                self.take(8);
                type_number
            })
            .collect()
    }

    fn data_row(&mut self) -> Vec<Option<String>> {
        let columns = self.int16();
        (0..columns)
            .map(|_| {
                // NULL has the length -1.
                let length = self.int32();
                (length != u32::MAX)
                    .then(|| String::from_utf8(self.take(length as usize).to_vec()).unwrap())
            })
            .collect()
    }

    fn error(&mut self) -> Failure {
        let mut failure = Failure::default();
        loop {
            match self.take(1)[0] {
                0 => return failure,
                b'C' => failure.sqlstate = self.string(),
                b'M' => failure.message = self.string(),
                _ => drop(self.string()),
            }
        }
    }
}

#[async_trait::async_trait]
impl AsyncDB for Connection {
    type Error = Failure;
    type ColumnType = Letter;

    async fn run(&mut self, sql: &str) -> Result<DBOutput<Letter>, Failure> {
        let reply = self.query(sql)?;
        let types = reply.types.iter().map(|number| Letter::of_type(&self.types[number])).collect();
        let rows = reply.rows.into_iter();
        let rows = rows.map(|row| row.into_iter().map(cell).collect()).collect();
        Ok(DBOutput::Rows { types, rows })
    }

    async fn shutdown(&mut self) {}

    fn engine_name(&self) -> &'static str {
        "postgres"
    }

    fn error_sql_state(failure: &Failure) -> Option<String> {
        Some(failure.sqlstate.clone())
    }
}
