//! Intervals, timestamps and dates: what is read, how it is printed, and sums of them.

use super::values::{pieces, quoted, text};
use super::{Case, Outcome, agree, nothing_is_meant};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

const INTERVALS: &[&str] = &[
    "1",
    "2",
    "-",
    "+",
    "0.5",
    "1.5",
    ".25",
    "100",
    " ",
    " ",
    " ",
    " day",
    " days",
    " d",
    " month",
    " mon",
    " year",
    " y",
    " week",
    " hour",
    " h",
    " minute",
    " m",
    " min",
    " second",
    " s",
    " ms",
    " us",
    " microseconds",
    " decade",
    " century",
    " millennium",
    " ago",
    "@ ",
    "1:02",
    "1:02:03",
    "-1:02:03.5",
    "12:30:45.123456789",
    "P",
    "T",
    "P1Y2M",
    "P1Y2M3DT4H5M6S",
    "PT1.5H",
    "P-1D",
    "1-2",
    "-1-2",
    " foo",
    ",",
    "1e3",
    "999999999",
];
const TIMESTAMPS: &[&str] = &[
    "2025",
    "25",
    "-02",
    "-2",
    "-28",
    "-29",
    "-31",
    "-13",
    "-00",
    "/",
    ".",
    "2025-02-28",
    "20250228",
    "2024-02-29",
    "Feb ",
    "february ",
    "28, ",
    "28 ",
    "1 ",
    " ",
    " ",
    "T",
    "t",
    "12:34",
    "12:34:56",
    "23:59:60",
    "24:00:00",
    "25:00",
    "12:34:56.123456789",
    "123456",
    " PM",
    " am",
    "Z",
    "+02",
    "-05:30",
    "+0530",
    "+25",
    " UTC",
    " EST",
    " Europe/Berlin",
    " BC",
    " AD",
    "0001-01-01",
    "9999-12-31",
    "294276-12-31",
    "J2451187",
    "Mon ",
    "monday",
    "2025-060",
    "1/2/2025",
    "99-1-2",
    "x",
];

fn timestamp() -> BoxedStrategy<String> {
    let time = (1900_i32..2100, 1_u32..=12, 1_u32..=28, 0_u32..24, 0_u32..60, 0_u32..60_000_000)
        .prop_map(|(year, month, day, hour, minute, micros)| {
            let (second, micros) = (micros / 1_000_000, micros % 1_000_000);
            format!("TIMESTAMP '{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{micros:06}'")
        });
    let edge = prop_oneof![
        Just("TIMESTAMP '2024-02-29 00:00:00'".to_owned()),
        Just("TIMESTAMP '2025-12-31 23:59:59.999999'".to_owned()),
        Just("TIMESTAMP '0001-01-01 00:00:00 BC'".to_owned()),
        Just("NULL::timestamp".to_owned()),
    ];
    prop_oneof![6 => time, 1 => edge].boxed()
}

fn interval() -> BoxedStrategy<String> {
    let part = |unit: &'static str, most: i64| prop_oneof![2 => Just(String::new()), 1 => (-most..=most).prop_map(move |count| format!("{count} {unit} "))];
    let parts = (
        part("months", 40),
        part("days", 500),
        part("hours", 60),
        part("microseconds", 100_000_000),
    );
    parts
        .prop_map(|(months, days, hours, micros)| {
            format!("INTERVAL {}", quoted(&format!("{months}{days}{hours}{micros}0 seconds")))
        })
        .boxed()
}

#[tokio::test]
async fn intervals_are_read_and_printed_as_postgresql_does() {
    let forms = vec![("$1::interval", vec![text(pieces(INTERVALS, 6))]), ("$1", vec![interval()])];
    agree(forms, is_no_interval_or_long).await;
}

#[tokio::test]
async fn timestamps_are_read_and_printed_as_postgresql_does() {
    let texts = || text(pieces(TIMESTAMPS, 6));
    agree(
        vec![("$1::timestamp", vec![texts()]), ("$1::date", vec![texts()])],
        is_no_time_or_has_offset,
    )
    .await;
}

/// Of texts that are no time, which of the SQLSTATEs of such texts they get is left open. An offset is applied where
/// PostgreSQL ignores it: docs/differences.md, timestamps-are-utc. Where it does, it does not look whether there is
/// such a zone at all.
fn is_no_time_or_has_offset(case: &Case, postgres: &Outcome, engine: &Outcome) -> bool {
    let zones = ["Z", "+", "-", "EST", "Europe", "UTC"];
    let has_offset = zones.iter().any(|zone| case.arguments[0].contains(zone));
    match (postgres, engine) {
        (Outcome::Refused(_), Outcome::Refused(code)) => code.starts_with("22"),
        (Outcome::Value(_), Outcome::Refused(code)) if code == "22023" => true,
        _ => case.form == "$1::timestamp" && has_offset,
    }
}

/// Arrow has no room for more than 2,562,047 hours beside days and months: docs/differences.md, intervals-of-hours.
fn is_no_interval_or_long(_: &Case, postgres: &Outcome, engine: &Outcome) -> bool {
    match (postgres, engine) {
        (Outcome::Refused(_), Outcome::Refused(code)) => code.starts_with("22"),
        (Outcome::Value(printed), Outcome::Refused(code)) => {
            let hours = printed.rsplit(' ').next().and_then(|clock| clock.split(':').next());
            let hours = hours.and_then(|hours| hours.parse::<i64>().ok());
            code == "22008" && hours.is_some_and(|hours| hours.abs() >= 2_562_047)
        }
        _ => false,
    }
}

#[tokio::test]
async fn sums_of_times_give_what_postgresql_gives() {
    let both = |form| (form, vec![timestamp(), interval()]);
    let times = |form| (form, vec![timestamp(), timestamp()]);
    let intervals = |form| (form, vec![interval(), interval()]);
    let forms = vec![
        both("$1 + $2"),
        both("$1 - $2"),
        times("$1 - $2"),
        times("age($1, $2)"),
        times("$1 < $2"),
        intervals("$1 + $2"),
        intervals("$1 - $2"),
        intervals("$1 = $2"),
        intervals("$1 < $2"),
        ("justify_interval($1)", vec![interval()]),
        ("justify_days($1)", vec![interval()]),
        ("justify_hours($1)", vec![interval()]),
        ("-$1", vec![interval()]),
        ("$1 * 1.5", vec![interval()]),
        ("$1 / 7", vec![interval()]),
        ("extract(epoch FROM $1)::float8", vec![interval()]),
        ("date_trunc('week', $1)", vec![timestamp()]),
        ("date_trunc('quarter', $1)", vec![timestamp()]),
        ("extract(doy FROM $1)", vec![timestamp()]),
        ("extract(week FROM $1)", vec![timestamp()]),
        ("date_bin('15 minutes', $1, $2)", vec![timestamp(), timestamp()]),
        ("to_char($1, 'YYYY-MM-DD HH24:MI:SS.US Day Mon IYYY-IW-ID J Q DDD')", vec![timestamp()]),
        ("to_char($1, 'FMMonth FMDDth, YYYY BC HH12:MI am CC WW')", vec![timestamp()]),
    ];
    agree(forms, nothing_is_meant).await;
}
