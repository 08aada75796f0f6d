//! Whatever bytes come: an error of the protocol or a clean end, no panic, no hang, and nothing for the others to see.

use crate::messages::{Answer, answers, login, query, sessions, startup};
use crate::mutation::{Numbers, mutated};
use crate::running::Running;
use census_pg::Limits;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How many sessions are made wrong; `CENSUS_HOSTILE_CASES` makes it more.
const CASES: usize = 400;

/// What the random numbers begin with; `CENSUS_HOSTILE_SEED` makes it another, and so other faults.
const SEED: u64 = 20_251_122;

/// The longest that a connection may take to end.
const DEADLINE: Duration = Duration::from_secs(20);

/// The longest message that is taken here.
const MESSAGE_BYTES: usize = 32 << 10;

/// What ends every connection: however long a message claims to be, it is complete within these, and what follows it
/// is none.
static LAST: [u8; 2 * MESSAGE_BYTES] = [0; 2 * MESSAGE_BYTES];

/// How much memory may be more after thousands of wrong messages than before.
const GROWTH_BYTES: usize = 64 << 20;

/// Panics of any task since the first server was started.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts panics: a task's own would be seen by nobody.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let shown = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            shown(panic);
        }));
    });
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

async fn server(asks_for_password: bool) -> Running {
    count_panics();
    let limits = Limits { message_bytes: MESSAGE_BYTES, ..Limits::default() };
    Running::start_with(limits, asks_for_password).await
}

/// Sends bytes and takes apart what comes until the server ends the connection.
///
/// A server that has closed a connection resets it where more is sent; what it said last may be lost then.
pub async fn received(address: SocketAddr, sent: &[u8], ends: bool) -> Result<Vec<Answer>, String> {
    let talk = async {
        let mut stream = TcpStream::connect(address).await.map_err(|fault| fault.to_string())?;
        let (mut read, mut write) = stream.split();
        let sending = async {
            // The server may have ended the connection before all of it was sent.
            let _ = write.write_all(sent).await;
            if ends {
                let _ = write.shutdown().await;
            }
        };
        let mut received = Vec::new();
        let ((), ended) = tokio::join!(sending, read.read_to_end(&mut received));
        match ended {
            Ok(_) => answers(&received),
            Err(fault) if fault.kind() == ErrorKind::ConnectionReset => {
                Ok(answers(&received).unwrap_or_default())
            }
            Err(fault) => Err(fault.to_string()),
        }
    };
    tokio::time::timeout(DEADLINE, talk).await.map_err(|_| "does not end".to_owned())?
}

/// Returns what is wrong with how a server took bytes: of what it said, and that it ends.
async fn fault(address: SocketAddr, sent: &[u8]) -> Option<String> {
    match received(address, &[sent, &LAST].concat(), false).await {
        Ok(answers) => fault_of(&answers),
        Err(fault) => Some(fault),
    }
}

/// Returns what is wrong with what a server said.
fn fault_of(answers: &[Answer]) -> Option<String> {
    for (place, answer) in answers.iter().enumerate().filter(|(_, answer)| answer.letter == b'E') {
        let field = |letter| answer.field(letter).unwrap_or_default();
        let (severity, code, message) = (field(b'S'), field(b'C'), field(b'M'));
        if code.len() != 5 || code == "XX000" || message.is_empty() {
            return Some(format!("{severity} {code} {message}"));
        }
        if severity == "FATAL" && place + 1 != answers.len() {
            return Some(format!("{message}, and then goes on"));
        }
    }
    None
}

/// Asserts that another client is still served.
async fn assert_others_are_served(address: SocketAddr) {
    let sent = [startup(), query("SELECT 'served'"), b"X\0\0\0\x04".to_vec()].concat();
    let answers = received(address, &sent, false).await.unwrap();
    let row = answers.iter().find(|answer| answer.letter == b'D').unwrap();
    assert!(row.body.ends_with(b"served"));
}

/// Returns how much memory the process has now; zero where that is not told.
fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1_024
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "something panicked");
}

#[tokio::test(flavor = "multi_thread")]
async fn well_behaved_sessions_end_without_an_error_of_the_protocol() {
    let server = server(false).await;
    for session in sessions() {
        let sent = [session.concat(), b"X\0\0\0\x04".to_vec()].concat();
        let answers = received(server.address, &sent, false).await.unwrap();
        let codes = answers.iter().filter_map(|answer| answer.field(b'C'));
        assert!(!codes.into_iter().any(|code| code == "08P01"), "{answers:?}");
    }
    assert_none(&[]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_with_faults_end_in_errors_of_the_client() {
    let server = server(false).await;
    let sessions = sessions();
    let mut numbers = Numbers::new(number("CENSUS_HOSTILE_SEED", SEED));
    let cases = usize::try_from(number("CENSUS_HOSTILE_CASES", CASES as u64)).unwrap();
    let mut faults = Vec::new();
    let mut resident = 0;
    for case in 0..cases {
        // What a server takes for its first clients it keeps.
        if case == cases / 4 {
            resident = resident_bytes();
        }
        let session = &sessions[numbers.below(sessions.len())];
        let sent = mutated(session, &mut numbers);
        if let Some(fault) = fault(server.address, &sent).await {
            faults.push(format!("{fault}: {}", sent.escape_ascii()));
        }
    }
    assert_others_are_served(server.address).await;
    assert_none(&faults);
    let growth = resident_bytes().saturating_sub(resident);
    assert!(growth < GROWTH_BYTES, "{growth} bytes more after {cases} sessions");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_with_faults_do_not_begin_a_session() {
    let server = server(true).await;
    let mut numbers = Numbers::new(number("CENSUS_HOSTILE_SEED", SEED) + 1);
    let mut faults = Vec::new();
    for _ in 0..CASES {
        let sent = mutated(&login(), &mut numbers);
        let sent_at_once = [sent.as_slice(), &LAST].concat();
        let fault = match received(server.address, &sent_at_once, false).await {
            Ok(answers) if answers.iter().any(|answer| answer.letter == b'Z') => {
                Some("a session began".to_owned())
            }
            Ok(answers) => fault_of(&answers),
            Err(fault) => Some(fault),
        };
        faults.extend(fault.map(|fault| format!("{fault}: {}", sent.escape_ascii())));
    }
    assert_none(&faults);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_at_random_end_in_errors_of_the_protocol() {
    let server = server(false).await;
    let mut numbers = Numbers::new(number("CENSUS_HOSTILE_SEED", SEED) + 2);
    let mut faults = Vec::new();
    for case in 0..CASES {
        let count = numbers.below(600);
        let random = numbers.bytes(count);
        // Half of them where a session has begun.
        let sent = if case % 2 == 0 { random } else { [startup(), random].concat() };
        let fault = fault(server.address, &sent).await;
        faults.extend(fault.map(|fault| format!("{fault}: {}", sent.escape_ascii())));
    }
    assert_others_are_served(server.address).await;
    assert_none(&faults);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_cut_off_anywhere_end() {
    let server = server(false).await;
    let mut faults = Vec::new();
    for session in sessions() {
        let whole = session.concat();
        for end in 0..whole.len() {
            let sent = &whole[..end];
            let fault = received(server.address, sent, true).await.err();
            faults.extend(fault.map(|fault| format!("{fault}: {}", sent.escape_ascii())));
        }
    }
    assert_others_are_served(server.address).await;
    assert_none(&faults);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_wrong_length_are_named_and_end_the_connection() {
    let server = server(false).await;
    for (letter, length) in [(b'Q', 3), (b'P', 0), (b'B', -1), (b'E', i32::MAX), (b'?', 4)] {
        let wrong = [&[letter], i32::to_be_bytes(length).as_slice()].concat();
        let sent = [startup(), wrong].concat();
        let answers = received(server.address, &sent, false).await.unwrap();
        let last = answers.last().unwrap();
        assert_eq!((last.letter, last.field(b'C').unwrap().as_str()), (b'E', "08P01"));
        assert_eq!(last.field(b'S').unwrap(), "FATAL");
    }
    assert_none(&[]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn client_hears_that_its_message_is_too_long_although_it_sends_all_of_it() {
    let server = server(false).await;
    let sent = [startup(), query(&"x".repeat(32 << 20))].concat();
    let answers = received(server.address, &sent, false).await.unwrap();
    let last = answers.last().unwrap();
    assert_eq!((last.letter, last.field(b'C').unwrap().as_str()), (b'E', "08P01"));
    server.stop().await;
}
