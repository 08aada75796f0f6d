use super::{
    Flags, Patterns, RegularExpression, Replacement, is_plain, similar_to_icu, similar_to_parts,
};
use census_error::SqlState;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Patterns made of what means something in one, so that many compile.
fn pattern() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[ab1.^$|()*+?{}\\[\\]&: -]{1,3}",
        Just(r"\b".to_owned()),
        Just(r"\R".to_owned()),
        Just(r"\1".to_owned()),
        Just("(?:".to_owned()),
        Just("(?=a".to_owned()),
        Just("(?<!b".to_owned()),
        Just("(?>a".to_owned()),
        Just("(?i)".to_owned()),
        Just("(?sm:".to_owned()),
        Just("a++".to_owned()),
        Just("(a+)+".to_owned()),
        Just("{2,3}".to_owned()),
        Just("[[a-z]&&[^a]]".to_owned()),
        Just("[b--".to_owned()),
        Just(r"\p{L}".to_owned()),
        Just(r"\Q".to_owned()),
        Just("é".to_owned()),
        "\\PC",
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

fn flags() -> impl Strategy<Value = Flags> {
    any::<(bool, bool)>().prop_map(|(ignores_case, has_lines)| Flags {
        ignores_case,
        has_lines,
        ..Flags::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_pattern_ends_soon_and_never_panics(
        pattern in pattern(),
        flags in flags(),
        text in "[ab1é\r\n \u{2028}]{0,40}",
        replacement in "[a$\\\\{}1u]{0,6}",
    ) {
        let started = Instant::now();
        match RegularExpression::compile(&pattern, flags) {
            Ok(compiled) => {
                let patterns = Patterns::new();
                let _ = patterns.is_match(&compiled, &text);
                if let Ok(matches) = patterns.matches(&compiled, &text, 0, usize::MAX)
                    && let Ok(replacement) = Replacement::read(&replacement, &compiled)
                {
                    let mut replaced = String::new();
                    for groups in &matches {
                        replacement.write(&text, groups, &mut replaced);
                    }
                }
            }
            Err(error) => prop_assert_eq!(error.sqlstate(), SqlState::InvalidRegularExpression),
        }
        prop_assert!(started.elapsed() < Duration::from_secs(30), "{}", pattern);
    }

    #[test]
    fn both_programs_agree_on_plain_texts(
        pattern in pattern(),
        flags in flags(),
        text in "[ab1é\n ]{0,12}",
    ) {
        prop_assume!(is_plain(&text));
        let Ok(compiled) = RegularExpression::compile(&pattern, flags) else { return Ok(()) };
        let Some(exact) = &compiled.exact else { return Ok(()) };
        if let (Ok(plain), Ok(exact)) = (compiled.plain.find(&text), exact.find(&text)) {
            prop_assert_eq!(
                plain.map(|found| found.range()),
                exact.map(|found| found.range()),
                "{} on {:?}", pattern, text
            );
        }
    }

    #[test]
    fn any_sql_pattern_is_read_or_refused(pattern in "[ab%_()|*+?{}1,\\[\\]^:#\"\\\\-]{0,12}", escape in "[#\\\\]?") {
        for expression in
            [similar_to_icu(&pattern, &escape), similar_to_parts(&pattern, &escape)].into_iter().flatten()
        {
            let _ = RegularExpression::compile(&expression, Flags::default());
        }
    }
}

#[test]
fn going_back_too_often_is_refused_soon() {
    let started = Instant::now();
    let text = "a".repeat(200) + "b";
    for pattern in ["(?=(a+)+$)a", r"(a|aa)+\1$", "(?:(?=a*)a*)*c", "((?!b)a*)*$"] {
        let compiled = RegularExpression::compile(pattern, Flags::default()).unwrap();
        let _ = Patterns::new().is_match(&compiled, &text);
    }
    assert!(started.elapsed() < Duration::from_secs(20));
}
