//! Claims about the list of rules, and about what single rules do not find.

use super::*;
use crate::check::{
    ApiFacts, IntegrationFacts, IntegrationResponseFacts, RouteFacts, RouteResponseFacts, check,
};

/// Files in this folder that hold no rule.
const OTHERS: &[&str] = &["mod", "page", "secret", "tests", "variables"];

#[test]
fn every_file_is_a_rule_in_the_list() {
    let folder = format!("{}/src/rules", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let mut listed: Vec<String> =
        RULES.iter().map(|rule| rule.id.to_lowercase().replace('-', "_")).collect();
    listed.extend(OTHERS.iter().map(|name| (*name).to_owned()));
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    listed.sort();
    files.sort();
    assert_eq!(files, listed);
}

#[test]
fn records_are_complete() {
    for rule in RULES {
        assert!(rule.link.starts_with("https://docs.aws.amazon.com/"), "{}", rule.id);
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{}", rule.id);
        assert!(rule.why.ends_with('.'), "{}", rule.id);
        assert!(rule.hint.is_empty() || rule.hint.ends_with('.'), "{}", rule.id);
    }
}

fn found(
    kind: Option<&str>,
    response: IntegrationResponseFacts,
    routes: Option<Vec<RouteFacts>>,
) -> Vec<String> {
    let integration = IntegrationFacts {
        id: "i1".into(),
        kind: kind.map(str::to_owned),
        responses: Some(vec![response]),
        ..IntegrationFacts::default()
    };
    let protocol = Some("WEBSOCKET".to_owned());
    let api = ApiFacts { protocol, integrations: vec![integration], routes };
    check(&api)
        .into_iter()
        .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
        .collect()
}

fn key(key: &str) -> IntegrationResponseFacts {
    IntegrationResponseFacts { id: Some("r1".into()), key: Some(key.into()), ..Default::default() }
}

fn template(text: &str) -> IntegrationResponseFacts {
    IntegrationResponseFacts {
        templates: vec![("$default".into(), text.into())],
        ..key("$default")
    }
}

#[test]
fn what_is_unknown_is_not_found() {
    assert_eq!(found(None, key("/404/"), None), Vec::<String>::new());
    let api = ApiFacts { integrations: vec![IntegrationFacts::default()], ..ApiFacts::default() };
    assert_eq!(check(&api), []);
}

#[test]
fn overrides_in_two_branches_are_set_once() {
    let text = "#if($input.body)#set($context.responseOverride.status = 1)#else#set($context.responseOverride.status = 2)#end";
    let found = found(None, template(text), None);
    insta::assert_snapshot!(found.join("\n"), @r#"RT-VARIABLE: the template "$default" uses "$context.responseOverride""#);
}

#[test]
fn path_that_is_printed_as_it_is_is_found() {
    let found =
        found(None, template("#set($x = $input.path('$.a'))$x $x.b $input.path('$').size()"), None);
    insta::assert_snapshot!(found.join("\n"), @r#"RT-MAP-PRINT: the template "$default" prints "$x" as it is"#);
}

#[test]
fn secret_is_found_and_not_printed() {
    let token = ["Bearer abcdefghij", "0123456789"].concat();
    let parameters = vec![("method.response.header.a".to_owned(), format!("'{token}'"))];
    let found = found(None, IntegrationResponseFacts { parameters, ..key("$default") }, None);
    insta::assert_snapshot!(found.join("\n"), @r#"RP-SECRET: the static value of "method.response.header.a" looks like a bearer token"#);
}

#[test]
fn routes_decide_what_has_an_effect() {
    let route = |key: &str, responses: Option<Vec<RouteResponseFacts>>| RouteFacts {
        key: key.into(),
        target: Some("integrations/i1".into()),
        responses,
        ..RouteFacts::default()
    };
    let ids = |routes| {
        let found = found(Some("HTTP"), key("$default"), Some(routes));
        found.iter().map(|text| text.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(vec![]), ["IR-UNUSED"]);
    assert_eq!(ids(vec![route("a", Some(vec![]))]), ["IR-INEFFECTIVE-ONE-WAY"]);
    assert_eq!(ids(vec![route("a", None)]), Vec::<String>::new());
    assert_eq!(ids(vec![route("$connect", Some(vec![]))]), Vec::<String>::new());
    let two_way = vec![RouteResponseFacts { key: "$default".into() }];
    assert_eq!(ids(vec![route("a", Some(two_way))]), ["RR-EXPRESSION-MISSING"]);
}
