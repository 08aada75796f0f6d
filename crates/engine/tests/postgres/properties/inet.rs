//! inet: its input and output, its operators and functions.

use super::values::{numbers, pieces, quoted, text};
use super::{agree, nothing_is_meant};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

const SYNTAX: &[&str] = &[
    "1",
    "10",
    "255",
    "256",
    "0",
    "00",
    "01",
    ".",
    ".",
    ".",
    ":",
    "::",
    "::",
    "/",
    "/24",
    "/0",
    "/128",
    "/33",
    "ffff",
    "FFFF",
    "abcd",
    "12345",
    "g",
    " ",
    "192.168.1.5",
    "::1",
    "2001:db8",
    "%eth0",
    "-",
    "+",
    "x",
    "1.2.3.4",
    "fe80::",
    "/032",
    "/8 ",
];

fn inet() -> BoxedStrategy<String> {
    let octet = || select(&[0_u8, 1, 5, 10, 127, 128, 192, 254, 255][..]);
    let four = (octet(), octet(), octet(), octet(), 0_u8..=32)
        .prop_map(|(a, b, c, d, length)| format!("{a}.{b}.{c}.{d}/{length}"));
    let group = || select(&["0", "1", "ffff", "2001", "db8", "a0b", "8000"][..]);
    let six = (proptest::collection::vec(group(), 8), 0_u8..=128)
        .prop_map(|(groups, length)| format!("{}/{length}", groups.join(":")));
    let near = select(
        &[
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.3",
            "10.1.2.3/32",
            "0.0.0.0/0",
            "::/0",
            "::1",
            "::ffff:1.2.3.4",
            "255.255.255.255",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db8::/32",
            "2001:db8::1",
            "::1.2.3.4",
            "1:0:0:2::",
            "0:0:1::",
        ][..],
    );
    let address = prop_oneof![four, six, near.prop_map(str::to_owned)];
    let inet = address.prop_map(|address| format!("{}::inet", quoted(&address)));
    prop_oneof![1 => Just("NULL::inet".to_owned()), 20 => inet].boxed()
}

#[tokio::test]
async fn inet_reads_what_postgresql_reads() {
    let forms = vec![("$1::inet", vec![text(pieces(SYNTAX, 7))]), ("$1", vec![inet()])];
    agree(forms, nothing_is_meant).await;
}

#[tokio::test]
async fn inet_operators_and_functions_give_what_postgresql_gives() {
    let of_one = |form| (form, vec![inet()]);
    let of_two = |form| (form, vec![inet(), inet()]);
    let offset = || numbers(-300, 70_000);
    let forms = vec![
        of_one("host($1)"),
        of_one("network($1)::inet"),
        of_one("netmask($1)"),
        of_one("hostmask($1)"),
        of_one("masklen($1)"),
        of_one("broadcast($1)"),
        of_one("family($1)"),
        of_one("abbrev($1)"),
        of_one("text($1)"),
        of_one("$1::text"),
        ("set_masklen($1, $2::int)", vec![inet(), numbers(-2, 130)]),
        of_two("inet_same_family($1, $2)"),
        of_two("inet_merge($1, $2)::inet"),
        of_two("$1 << $2"),
        of_two("$1 <<= $2"),
        of_two("$1 >> $2"),
        of_two("$1 >>= $2"),
        of_two("$1 && $2"),
        of_two("$1 = $2"),
        of_two("$1 <> $2"),
        of_two("$1 < $2"),
        of_two("$1 >= $2"),
        of_two("$1 & $2"),
        of_two("$1 | $2"),
        of_two("$1 - $2"),
        ("$1 + $2", vec![inet(), offset()]),
        ("$2 + $1", vec![inet(), offset()]),
        ("$1 - $2", vec![inet(), offset()]),
        of_two("greatest($1, $2)"),
    ];
    agree(forms, nothing_is_meant).await;
}
