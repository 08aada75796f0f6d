//! What clients are answered step by step; PostgreSQL 15 answers each of these alike.

use crate::hostile::received;
use crate::messages::{Answer, bind, describe, execute, message, parse, query, startup, sync};
use crate::running::Running;

/// Returns what a server answers after a session has begun, an answer a word: its letter, and of rows, tags and errors
/// what they say.
async fn answered(server: &Running, messages: &[Vec<u8>]) -> String {
    let sent = [startup(), messages.concat(), message(b'X', &[])].concat();
    let answers = received(server.address, &sent, false).await.unwrap();
    let begun = answers.iter().position(|answer| answer.letter == b'Z').unwrap();
    let words: Vec<String> = answers[begun + 1..].iter().map(word).collect();
    words.join(" ")
}

fn word(answer: &Answer) -> String {
    let letter = char::from(answer.letter);
    match answer.letter {
        b'E' => {
            let field = |letter| answer.field(letter).unwrap_or_default();
            let place = answer.field(b'P').map_or_else(String::new, |place| format!("@{place}"));
            format!("{}:{}{place}", field(b'S'), field(b'C'))
        }
        b'C' => {
            let tag = String::from_utf8_lossy(&answer.body);
            tag.trim_end_matches('\0').replace(' ', "_")
        }
        b'd' => format!("d={}", String::from_utf8_lossy(&answer.body)),
        // The first column of a row.
        b'D' => format!("D={}", String::from_utf8_lossy(&answer.body[6..])),
        _ => letter.to_string(),
    }
}

async fn assert_answered(cases: &[(&[Vec<u8>], &str)]) {
    let server = Running::start().await;
    for (messages, expected) in cases {
        assert_eq!(answered(&server, messages).await, *expected);
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cursor_gives_no_rows_after_its_end_however_often_it_is_asked() {
    assert_answered(&[
        (
            &[query("BEGIN; DECLARE c CURSOR FOR SELECT 'a'; FETCH ALL c; FETCH 1 c; FETCH c")],
            "BEGIN DECLARE_CURSOR T D=a FETCH_1 T FETCH_0 T FETCH_0 Z",
        ),
        (
            &[
                query("DECLARE c CURSOR WITH HOLD FOR VALUES ('a'), ('b')"),
                query("FETCH 4 c"),
                query("FETCH 4 c"),
                query("MOVE 1 c"),
            ],
            "DECLARE_CURSOR Z T D=a D=b FETCH_2 Z T FETCH_0 Z MOVE_0 Z",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cursor_goes_to_any_row_ahead() {
    let numbers =
        "BEGIN; DECLARE c NO SCROLL CURSOR FOR SELECT g::text FROM generate_series(1, 9) g";
    assert_answered(&[
        (
            &[query(numbers), query("FETCH FIRST c; FETCH ABSOLUTE 4 c; FETCH RELATIVE 2 c")],
            "BEGIN DECLARE_CURSOR Z T D=1 FETCH_1 T D=4 FETCH_1 T D=6 FETCH_1 Z",
        ),
        (
            &[query(numbers), query("MOVE ABSOLUTE 3 c; MOVE 0 c; FETCH FORWARD 2 c")],
            "BEGIN DECLARE_CURSOR Z MOVE_1 MOVE_1 T D=4 D=5 FETCH_2 Z",
        ),
        (
            &[query(numbers), query("FETCH ABSOLUTE 0 c; FETCH 0 c; FETCH 2 c; FETCH FIRST c")],
            "BEGIN DECLARE_CURSOR Z T FETCH_0 T FETCH_0 T D=1 D=2 FETCH_2 ERROR:55000 Z",
        ),
        (
            &[query(numbers), query("MOVE ALL c; FETCH ABSOLUTE 11 c; FETCH 0 c; FETCH PRIOR c")],
            "BEGIN DECLARE_CURSOR Z MOVE_9 T FETCH_0 T FETCH_0 ERROR:55000 Z",
        ),
        (&[query(numbers), query("FETCH -1 c")], "BEGIN DECLARE_CURSOR Z ERROR:55000 Z"),
        (&[query("BEGIN; FETCH BACKWARD ALL c")], "BEGIN ERROR:34000 Z"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn query_of_a_cursor_is_checked_when_it_is_declared() {
    assert_answered(&[
        (&[query("BEGIN"), query("DECLARE c CURSOR FOR SELECT nope")], "BEGIN Z ERROR:42703@29 Z"),
        (
            &[query("BEGIN"), query("DECLARE c CURSOR FOR SHOW timezone")],
            "BEGIN Z ERROR:42601@22 Z",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cursors_go_with_the_transaction_or_savepoint_that_is_rolled_back() {
    let held = "DECLARE h CURSOR WITH HOLD FOR SELECT 'a'";
    assert_answered(&[
        (
            &[query("BEGIN"), query(held), query("ROLLBACK"), query("FETCH h")],
            "BEGIN Z DECLARE_CURSOR Z ROLLBACK Z ERROR:34000 Z",
        ),
        (
            &[query("BEGIN"), query(held), query("COMMIT"), query("BEGIN"), query("ROLLBACK")],
            "BEGIN Z DECLARE_CURSOR Z COMMIT Z BEGIN Z ROLLBACK Z",
        ),
        (
            &[query("BEGIN"), query(held), query("COMMIT"), query("BEGIN"), query("ROLLBACK"), query("FETCH h")],
            "BEGIN Z DECLARE_CURSOR Z COMMIT Z BEGIN Z ROLLBACK Z T D=a FETCH_1 Z",
        ),
        (
            &[
                query("BEGIN"),
                query("DECLARE b CURSOR FOR SELECT 'b'; SAVEPOINT s"),
                query("DECLARE c CURSOR FOR SELECT 'c'"),
                query("ROLLBACK TO s; FETCH b"),
                query("FETCH c"),
            ],
            "BEGIN Z DECLARE_CURSOR SAVEPOINT Z DECLARE_CURSOR Z ROLLBACK T D=b FETCH_1 Z ERROR:34000 Z",
        ),
        (
            &[
                query("BEGIN; SAVEPOINT s; SAVEPOINT t; DECLARE c CURSOR FOR SELECT 'c'"),
                query("RELEASE t; ROLLBACK TO s"),
                query("FETCH c"),
            ],
            "BEGIN SAVEPOINT SAVEPOINT DECLARE_CURSOR Z RELEASE ROLLBACK Z ERROR:34000 Z",
        ),
        (&[query("BEGIN"), query("DISCARD ALL")], "BEGIN Z ERROR:25001 Z"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_text_runs_that_cannot_be_read() {
    assert_answered(&[
        (&[query("SELECT 'a'; selec")], "ERROR:42601@13 Z"),
        (&[query("BEGIN; FETCH ABSOLUTE c")], "ERROR:42601@23 Z"),
        (&[query("SELECT 'a'; SELECT nope")], "T D=a SELECT_1 ERROR:42703@20 Z"),
        (&[query(" ; ")], "I Z"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_prepared_fetch_are_taken_some_at_a_time() {
    let values = "BEGIN; DECLARE c CURSOR FOR VALUES ('a'), ('b'), ('c')";
    let fetch = |text| [query(values), parse("", text, &[]), bind("", "", &[], &[])].concat();
    assert_answered(&[
        (
            &[fetch("FETCH 2 c"), execute("", 1), execute("", 1), execute("", 1), sync()],
            "BEGIN DECLARE_CURSOR Z 1 2 D=a s D=b s FETCH_0 Z",
        ),
        (
            &[fetch("FETCH ALL c"), execute("", 2), execute("", 2), execute("", 2), sync()],
            "BEGIN DECLARE_CURSOR Z 1 2 D=a D=b s D=c FETCH_1 FETCH_0 Z",
        ),
        (
            &[fetch("MOVE 2 c"), execute("", 1), execute("", 1), sync()],
            "BEGIN DECLARE_CURSOR Z 1 2 MOVE_2 ERROR:55000 Z",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn portal_that_has_run_gives_no_more_or_cannot_be_run() {
    let portal = |text| [parse("", text, &[]), bind("", "", &[], &[])].concat();
    assert_answered(&[
        (
            &[portal("SELECT 'a'"), execute("", 0), execute("", 0), sync()],
            "1 2 D=a SELECT_1 SELECT_0 Z",
        ),
        (
            &[portal("SHOW timezone"), execute("", 0), execute("", 0), sync()],
            "1 2 D=UTC SHOW SHOW Z",
        ),
        (&[portal("BEGIN"), execute("", 0), execute("", 0), sync()], "1 2 BEGIN ERROR:55000 Z"),
        (
            &[portal("SET statement_timeout = '9s'"), execute("", 0), execute("", 0), sync()],
            "1 2 SET ERROR:55000 Z",
        ),
        (&[execute("nope", 0), sync()], "ERROR:34000 Z"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_counted_and_measured_when_they_are_bound() {
    let two = parse("", "SELECT $1::text, $2::text", &[]);
    let (a, none) = (Some(b"a".as_slice()), None);
    // The portal and the statement have no name, and there are no formats.
    let negative = message(b'B', b"\0\0\0\0\0\x01\xff\xff\xff\xfe\0\0");
    let one = parse("", "SELECT $1::text", &[]);
    assert_answered(&[
        (&[two.clone(), bind("", "", &[], &[a]), sync()], "1 ERROR:08P01 Z"),
        (&[two.clone(), bind("", "", &[], &[a, a, none]), sync()], "1 ERROR:08P01 Z"),
        (&[two.clone(), bind("", "", &[0, 0, 0], &[a, a]), sync()], "1 ERROR:08P01 Z"),
        (
            &[two, bind("", "", &[], &[a, none]), execute("", 0), sync()],
            "1 2 D=a\u{fffd}\u{fffd}\u{fffd}\u{fffd} SELECT_1 Z",
        ),
        (&[one.clone(), negative, sync(), query("SELECT 'b'")], "1 ERROR:08P01 Z T D=b SELECT_1 Z"),
        (
            &[one, bind("", "", &[2], &[a]), sync(), query("SELECT 'b'")],
            "1 ERROR:22023 Z T D=b SELECT_1 Z",
        ),
        (&[parse("", "BEGIN", &[25]), bind("", "", &[], &[]), sync()], "1 ERROR:08P01 Z"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_statement_is_prepared_or_none() {
    assert_answered(&[
        (&[parse("", "BEGIN; SELECT 'b'", &[]), sync()], "ERROR:42601 Z"),
        (&[parse("", "SELECT 'b' selec nope nope", &[]), sync()], "ERROR:42601@18 Z"),
        (
            &[
                parse("", " ;", &[]),
                describe(b'S', ""),
                bind("", "", &[], &[]),
                execute("", 0),
                sync(),
            ],
            "1 t n 2 I Z",
        ),
        (
            &[parse("", "SELECT 'a';", &[]), bind("", "", &[], &[]), execute("", 0), sync()],
            "1 2 D=a SELECT_1 Z",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_copied_as_the_options_say() {
    let copy =
        |text| query(&format!("COPY (SELECT 'a' AS x, 'b,c' AS y, NULL AS z) TO STDOUT {text}"));
    assert_answered(&[
        (&[copy(r"DELIMITER E'\t' NULL E'\\N'")], "H d=a\tb,c\t\\N\n c COPY_1 Z"),
        (&[copy("CSV HEADER FORCE QUOTE *")], "H d=x,y,z\n d=\"a\",\"b,c\",\n c COPY_1 Z"),
        (&[copy("CSV FORCE QUOTE x, z NULL 'n'")], "H d=\"a\",\"b,c\",n\n c COPY_1 Z"),
        (
            &[copy("(FORMAT csv, FORCE_QUOTE (y, x), DELIMITER $$|$$)")],
            "H d=\"a\"|\"b,c\"|\n c COPY_1 Z",
        ),
        (&[copy("(FORMAT csv, FORCE_QUOTE (nope))")], "ERROR:42703 Z"),
        (&[copy("(FORMAT csv, FORCE_QUOTE (x, x))")], "ERROR:42701 Z"),
        (&[copy("(FORMAT csv, FORCE_NULL (x))")], "ERROR:0A000 Z"),
        (&[copy("(HEADER, HEADER)")], "ERROR:42601@66 Z"),
        (&[query(r"COPY (SELECT E'\\.') TO STDOUT CSV")], "H d=\"\\.\"\n c COPY_1 Z"),
    ])
    .await;
}
