//! Messages of clients as bytes, sessions made of them, and answers taken apart.

/// The version of the protocol.
const VERSION_3: i32 = 196_608;

/// Makes a message of its letter and body.
pub fn message(letter: u8, body: &[u8]) -> Vec<u8> {
    let length = i32::try_from(body.len() + 4).unwrap();
    [&[letter], length.to_be_bytes().as_slice(), body].concat()
}

/// Makes a packet that begins a connection: one without letter.
pub fn packet(code: i32, body: &[u8]) -> Vec<u8> {
    let length = i32::try_from(body.len() + 8).unwrap();
    [length.to_be_bytes().as_slice(), &code.to_be_bytes(), body].concat()
}

/// Makes the packet that begins a session.
pub fn startup() -> Vec<u8> {
    let body = b"user\0anna\0database\0census\0options\0-c statement_timeout=5s\0\0";
    packet(VERSION_3, body)
}

/// Makes a query of the simple protocol.
pub fn query(sql: &str) -> Vec<u8> {
    message(b'Q', &text(sql))
}

fn text(text: &str) -> Vec<u8> {
    [text.as_bytes(), b"\0"].concat()
}

pub fn parse(name: &str, sql: &str, types: &[i32]) -> Vec<u8> {
    let mut body = [text(name), text(sql)].concat();
    body.extend(i16::try_from(types.len()).unwrap().to_be_bytes());
    body.extend(types.iter().flat_map(|oid| oid.to_be_bytes()));
    message(b'P', &body)
}

pub fn bind(portal: &str, statement: &str, formats: &[i16], values: &[Option<&[u8]>]) -> Vec<u8> {
    let numbers = |numbers: &[i16]| {
        let mut bytes = i16::try_from(numbers.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
        bytes
    };
    let mut body = [text(portal), text(statement), numbers(formats)].concat();
    body.extend(i16::try_from(values.len()).unwrap().to_be_bytes());
    for value in values {
        let length = value.map_or(-1, |value| i32::try_from(value.len()).unwrap());
        body.extend(length.to_be_bytes());
        body.extend(value.unwrap_or_default());
    }
    body.extend(numbers(&[1]));
    message(b'B', &body)
}

pub fn describe(target: u8, name: &str) -> Vec<u8> {
    message(b'D', &[vec![target], text(name)].concat())
}

pub fn execute(portal: &str, limit: i32) -> Vec<u8> {
    message(b'E', &[text(portal), limit.to_be_bytes().to_vec()].concat())
}

pub fn close(target: u8, name: &str) -> Vec<u8> {
    message(b'C', &[vec![target], text(name)].concat())
}

pub fn sync() -> Vec<u8> {
    message(b'S', &[])
}

/// What a well-behaved client sends in each phase of a connection, message by message.
pub fn sessions() -> Vec<Vec<Vec<u8>>> {
    let begun = |rest: Vec<Vec<u8>>| [vec![startup()], rest].concat();
    let tls_request = packet(80_877_103, &[]);
    let gss_request = packet(80_877_104, &[]);
    let hstore = b"\0\0\0\x01\0\0\0\x01k\0\0\0\x01v";
    vec![
        vec![gss_request, tls_request, startup(), query("SELECT 1")],
        vec![packet(80_877_102, b"\0\0\0\x01\0\0\0\x02")],
        begun(vec![
            query("SELECT 1; SELECT 'ü', nope; SELECT 2"),
            query("SHOW timezone"),
            query(""),
        ]),
        begun(vec![
            parse("s", "SELECT $1::hstore, $2::bigint, $3, $4::bigint[]", &[0, 20, 25, 1016]),
            describe(b'S', "s"),
            bind(
                "",
                "s",
                &[1, 0, 0, 1],
                &[Some(hstore), Some(b"42"), None, Some(b"\0\0\0\0\0\0\0\0\0\0\0\x14")],
            ),
            describe(b'P', ""),
            execute("", 0),
            close(b'S', "s"),
            sync(),
        ]),
        begun(vec![
            query("BEGIN"),
            parse("", "SELECT n FROM generate_series(1, 9) AS t(n)", &[]),
            bind("p", "", &[], &[]),
            execute("p", 2),
            execute("p", 2),
            message(b'H', &[]),
            sync(),
            execute("p", 0),
            close(b'P', "p"),
            sync(),
            query("COMMIT"),
        ]),
        begun(vec![
            query("BEGIN; DECLARE c BINARY CURSOR FOR SELECT n FROM generate_series(1, 9) AS t(n)"),
            query("SAVEPOINT a; FETCH 2 FROM c; MOVE c; FETCH ALL FROM c; ROLLBACK TO a"),
            query("CLOSE c; RELEASE a; ROLLBACK"),
        ]),
        begun(vec![
            query("COPY (SELECT 1, 'a,b') TO STDOUT WITH (FORMAT csv, HEADER)"),
            query("COPY (SELECT 1) TO STDOUT (FORMAT binary)"),
            message(b'd', b"1\n"),
            message(b'c', &[]),
            query("COPY t FROM STDIN"),
        ]),
        begun(vec![
            message(b'F', b"\0\0\0\x01\0\0\0\0\0\0"),
            parse("", "SELECT 1 / $1", &[23]),
            bind("", "", &[0], &[Some(b"0")]),
            execute("", 0),
            bind("ignored", "", &[], &[]),
            sync(),
            query("DISCARD ALL"),
        ]),
    ]
}

/// What a well-behaved client sends where a password is asked for; the proof is one of no password.
pub fn login() -> Vec<Vec<u8>> {
    let first = b"n,,n=anna,r=rOprNGfwEbeRWgbNEkqO";
    let mut initial = text("SCRAM-SHA-256");
    initial.extend(i32::try_from(first.len()).unwrap().to_be_bytes());
    initial.extend(first);
    let last = b"c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    vec![startup(), message(b'p', &initial), message(b'p', last), query("SELECT 1")]
}

/// A message of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub letter: u8,
    pub body: Vec<u8>,
}

impl Answer {
    /// Returns a field of an error or notice.
    pub fn field(&self, wanted: u8) -> Option<String> {
        let fields = self.body.split(|byte| *byte == 0);
        let mut fields = fields.filter_map(|field| field.split_first());
        fields
            .find(|(letter, _)| **letter == wanted)
            .map(|(_, text)| String::from_utf8(text.to_vec()).unwrap())
    }
}

/// Takes all that a server has sent apart; what is no row of whole messages is an error.
pub fn answers(mut bytes: &[u8]) -> Result<Vec<Answer>, String> {
    let mut answers = Vec::new();
    while let Some((letter, rest)) = bytes.split_first() {
        // The answer to a request for encryption is a byte alone; a length begins with a zero.
        if matches!(letter, b'N' | b'S') && rest.first() != Some(&0) {
            bytes = rest;
            continue;
        }
        let length = rest.first_chunk::<4>().map(|length| i32::from_be_bytes(*length));
        let length = length.and_then(|length| usize::try_from(length).ok());
        let Some(body) = length.and_then(|length| rest.get(4..length)) else {
            return Err(format!("message {} is cut short", char::from(*letter)));
        };
        answers.push(Answer { letter: *letter, body: body.to_vec() });
        bytes = &rest[body.len() + 4..];
    }
    Ok(answers)
}
