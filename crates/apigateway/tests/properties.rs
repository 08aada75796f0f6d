//! Properties that hold for every text: nothing panics or hangs, output is bounded, printing reads back.

use census_apigateway::grammar::{JsonPath, ParameterSource, ResponseKey, SelectionExpression};
use census_apigateway::pattern::Pattern;
use census_apigateway::simulate::{
    Answer, Backend, Integration, IntegrationKind, IntegrationResponse, Route, Simulation,
    mock_status, simulate,
};
use census_apigateway::template::{Limits, Scope, Template, render};
use proptest::prelude::*;

/// What templates are made of.
const PIECES: &[&str] = &[
    "#if(",
    "#elseif(",
    "#else",
    "#end",
    "#foreach($i in ",
    "#set($a = ",
    "#define($d)",
    "#macro(m)",
    "#stop",
    "#break",
    "##",
    "#*",
    "*#",
    "#[[",
    "]]#",
    "#{else}",
    "$a",
    "$!{a.b}",
    "${",
    "$",
    "#",
    "\\",
    "$input.path('$')",
    "$input.json('$..x')",
    "$util.parseJson(",
    "$util.urlDecode('%4')",
    "$context.responseOverride.status",
    "$d",
    ".put('k', $a)",
    ".add($a)",
    ".get(0)",
    ".substring(1, 2)",
    ".matches('(a+)+b')",
    ".replaceAll('a', '$1')",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ",",
    ":",
    "..",
    "1",
    "-2",
    "0.5",
    "'x'",
    "\"$a\"",
    "\"\"",
    "'",
    "\"",
    " ",
    "\n",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    "&&",
    "||",
    "!",
    "not",
    "true",
    "false",
    "null",
    "é",
    "[1..1001]",
];

/// Texts made of what templates are made of.
fn templates() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn expressions() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(", ")", "(?:", "(?=", "(?<!", "(?>", "(?i)", "[", "]", "[^", "&&", "-", "|", "*", "+",
        "?", "{2}", "{0,3}", "a", "b", ".", "\\d", "\\w", "\\p{L}", "\\Q", "\\E", "\\1", "\\b",
        "^", "$", "\\", "\\x41", "\n",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn template_without_marks_renders_to_itself(text in "[^$#]{0,200}") {
        let template = Template::parse(&text).unwrap();
        prop_assert_eq!(template.to_string(), text.clone());
        let rendering = render(&template, &Scope::default(), &Limits::default()).unwrap();
        prop_assert_eq!(rendering.text, text);
    }

    #[test]
    fn any_template_ends_within_its_limits(text in templates(), body in "[{}\\[\\]\":,a-c0-9x ]{0,30}") {
        let limits = Limits { steps: 20_000, text_bytes: 10_000, ..Limits::default() };
        let scope = Scope { body, ..Scope::default() };
        if let Ok(template) = Template::parse(&text)
            && let Ok(rendering) = render(&template, &scope, &limits)
        {
            prop_assert!(rendering.text.len() <= 10_000);
        }
    }

    #[test]
    fn any_text_is_a_template_or_a_fault(text in any::<String>()) {
        if let Err(error) = Template::parse(&text) {
            prop_assert!(error.line >= 1 && error.column >= 1);
        }
    }

    #[test]
    fn any_expression_compiles_or_not_and_matching_ends(text in expressions(), value in "[ab1\n]{0,12}") {
        if let Ok(pattern) = Pattern::parse(&text) {
            let _ = pattern.matches_within(&value, 20_000);
        }
    }

    #[test]
    fn selection_expression_prints_back(text in "[\\\\${}\\[\\].a-c0-9/ -]{0,30}") {
        if let Ok(expression) = SelectionExpression::parse(&text) {
            let printed = expression.to_string();
            prop_assert_eq!(SelectionExpression::parse(&printed).unwrap(), expression);
        }
    }

    #[test]
    fn json_path_prints_back(text in "[$.\\[\\]'a-c0-9*,:?@()=<& -]{0,20}") {
        if let Ok(path) = JsonPath::parse(&text) {
            let printed = path.to_string();
            prop_assert_eq!(JsonPath::parse(&printed).unwrap(), path, "{}", printed);
        }
    }

    #[test]
    fn keys_and_sources_print_back(text in "[/$'.a-z\\[\\]]{0,20}", name in "[a-z.\\[\\]0']{0,12}") {
        prop_assert_eq!(ResponseKey::parse(&text).to_string(), text.clone());
        for text in [text, format!("integration.response.body.{name}"), format!("context.{name}")] {
            if let Ok(source) = ParameterSource::parse(&text) {
                prop_assert_eq!(source.to_string(), text);
            }
        }
    }

    #[test]
    fn any_mock_status_is_read_or_not(text in "[{}\\[\\]\"':,a-zA-Z0-9 ]{0,40}") {
        let _ = mock_status(&text);
    }

    #[test]
    fn any_message_is_answered(
        key in "(\\$default|/[a-z.*+0-9]{0,6}/|[a-z]{0,3})",
        value in "(integration\\.response\\.(header|body)\\.[a-z.$]{0,6}|'[a-z]{0,3}')",
        template in templates(),
        body in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let response = IntegrationResponse {
            key,
            parameters: vec![("method.response.header.x".into(), value)],
            templates: vec![("$default".into(), template)],
            ..IntegrationResponse::default()
        };
        let simulation = Simulation {
            integration: Integration { kind: IntegrationKind::Aws, ..Integration::default() },
            responses: vec![response],
            route: Route { key: "a".into(), has_default_response: true, ..Route::default() },
            backend: Backend::Answer(Answer { body, ..Answer::default() }),
            ..Simulation::default()
        };
        prop_assert!(!simulate(&simulation).steps.is_empty());
    }
}
