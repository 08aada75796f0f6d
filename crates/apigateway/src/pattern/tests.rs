//! Claims about Java's regular expressions.

use super::*;

fn whole(pattern: &str, text: &str) -> bool {
    Pattern::parse(pattern).unwrap().matches(text).unwrap()
}

fn replaced(pattern: &str, text: &str, replacement: &str) -> String {
    Pattern::parse(pattern).unwrap().replace(text, replacement, true, (1000, &mut 10_000)).unwrap()
}

#[test]
fn match_is_of_the_whole_text() {
    assert!(!whole("Invalid*", "Invalid email"));
    assert!(whole("Invalid.*", "Invalid email"));
    assert!(whole("a|ab", "ab"));
    assert!(!whole("0", "200"));
}

#[test]
fn dot_stops_at_every_line_end_of_java() {
    for end in ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'] {
        assert!(!whole("a.b", &format!("a{end}b")));
        assert!(whole("(?s)a.b", &format!("a{end}b")));
    }
    assert!(whole("(?d)a.b", "a\rb"));
    assert!(whole("(\\n|.)*bad(\\n|.)*", "very\nbad"));
}

#[test]
fn names_of_classes_are_ascii() {
    assert!(!whole("\\d", "\u{663}"));
    assert!(!whole("\\w", "\u{e9}"));
    assert!(!whole("\\s", "\u{a0}"));
    assert!(whole("\\p{L}\\p{Lu}", "\u{e9}\u{c9}"));
}

#[test]
fn look_around_and_back_references_work() {
    assert!(whole("(?!200)\\d{3}", "404"));
    assert!(!whole("(?!200)\\d{3}", "200"));
    assert!(whole("a(?<=a)b(?<!a)c", "abc"));
    assert!(whole("(a+)-\\1", "aa-aa"));
    assert!(!whole("(a+)-\\1", "aa-a"));
    assert!(whole("(?<x>.)\\k<x>", "zz"));
}

#[test]
fn groups_without_number_cost_their_steps() {
    let pattern = Pattern::parse(&format!("{}(?:(?=a).)*", "()".repeat(2000))).unwrap();
    let fault = pattern.matches(&"a".repeat(20_000)).unwrap_err();
    assert_eq!(fault, PatternFault::TooManySteps { limit: MAXIMUM_STEPS });
}

#[test]
fn possessive_quantifier_gives_nothing_back() {
    assert!(whole("a+a", "aaa"));
    assert!(!whole("a++a", "aaa"));
    assert!(!whole("(?>a+)a", "aaa"));
    assert!(whole(".*+", "abc"));
}

#[test]
fn quotation_takes_characters_as_they_are() {
    assert!(whole("\\Qa.b\\E+", "a.bbb"));
    assert!(!whole("\\Qa.b\\E", "axb"));
    assert!(whole("x\\Q[", "x["));
}

#[test]
fn classes_intersect_and_nest() {
    assert!(whole("[a-z&&[^b]]", "c"));
    assert!(!whole("[a-z&&[^b]]", "b"));
    assert!(whole("[a[0-3]]+", "a2"));
    assert!(whole("[\\]\\-x]+", "]-x"));
    assert!(whole("[a-]+", "a-"));
}

#[test]
fn flags_hold_where_java_says() {
    assert!(whole("(?i)malformed.*", "Malformed request"));
    assert!(!whole("malformed.*", "Malformed request"));
    assert!(whole("a(?i)b", "aB"));
    assert!(!whole("(?i:a)b", "AB"));
    assert!(whole("(?x) a b # comment", "ab"));
    assert!(!whole("(?i)\u{e9}", "\u{c9}"));
    assert!(whole("(?iu)\u{e9}", "\u{c9}"));
}

#[test]
fn empty_turn_ends_a_loop() {
    assert!(whole("(a*)*", "aa"));
    assert!(whole("(a|b*)*c", "abbac"));
    assert!(!whole("(a*)*b", "aac"));
}

#[test]
fn faults_of_java_and_of_ours_are_told_apart() {
    let fault = |text| Pattern::parse(text).unwrap_err();
    insta::assert_snapshot!(fault("("), @"unclosed group at position 1");
    insta::assert_snapshot!(fault("a)"), @r#"unmatched closing ")" at position 1"#);
    insta::assert_snapshot!(fault("*a"), @"dangling quantifier at position 0");
    insta::assert_snapshot!(fault("[a"), @"unclosed character class at position 2");
    insta::assert_snapshot!(fault("a{2,1}"), @"illegal repetition range at position 5");
    assert!(!fault("(").fault.is_ours());
    assert!(fault("\\p{IsGreek}").fault.is_ours());
}

#[test]
fn catastrophic_expression_ends_with_a_fault() {
    let pattern = Pattern::parse("(a+)+b").unwrap();
    let fault = pattern.matches(&"a".repeat(60)).unwrap_err();
    assert_eq!(fault, PatternFault::TooManySteps { limit: MAXIMUM_STEPS });
}

#[test]
fn huge_expressions_are_refused() {
    assert!(Pattern::parse("((a{1000}){1000}){1000}").is_err());
    assert!(Pattern::parse(&"(".repeat(100_000)).is_err());
    assert!(Pattern::parse(&"[".repeat(100_000)).is_err());
    assert!(Pattern::parse("(?:(?:(?:){1000000}){1000000}){1000000}").is_ok());
}

#[test]
fn replacement_knows_groups_and_escapes() {
    assert_eq!(replaced("ba.", "foobar123bab", "foo"), "foofoo123foo");
    assert_eq!(replaced("(a)(b)", "abab", "$2$1"), "baba");
    assert_eq!(replaced("x*", "ab", "-"), "-a-b-");
    assert_eq!(replaced("a", "a", "\\$"), "$");
    assert!(Pattern::parse("a").unwrap().replace("a", "$", true, (9, &mut 99)).is_err());
}

#[test]
fn split_drops_empty_texts_at_the_end() {
    let split = |pattern: &str, text: &str| {
        Pattern::parse(pattern).unwrap().split(text, &mut 10_000).unwrap()
    };
    assert_eq!(split(",", "a,b,,"), ["a", "b"]);
    assert_eq!(split(",", ",a"), ["", "a"]);
    assert_eq!(split("", "abc"), ["a", "b", "c"]);
    assert_eq!(split(",", "abc"), ["abc"]);
}

#[test]
fn questions_of_the_checker_are_answered() {
    let pattern = |text| Pattern::parse(text).unwrap();
    assert!(pattern("4\\d\\d").takes_only_digits());
    assert!(!pattern(".*404.*").takes_only_digits());
    assert!(pattern(".*").is_catch_all() && pattern("(\\n|.)*").is_catch_all());
    assert!(!pattern(".+").is_catch_all());
    assert!(!pattern("Invalid*").is_open_or_anchored());
    assert!(pattern("Invalid.*").is_open_or_anchored());
    assert!(pattern("^Invalid$").is_open_or_anchored());
    assert!(pattern("a.*").stops_at_line_ends());
    assert!(!pattern("(?s)a.*").stops_at_line_ends());
    assert!(!pattern("(\\n|.)*").stops_at_line_ends());
}
