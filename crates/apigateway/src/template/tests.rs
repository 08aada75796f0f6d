//! Claims about the dialect of templates.

use super::*;
use serde_json::json;

fn rendered_with(template: &str, scope: &Scope) -> String {
    match Template::parse(template) {
        Ok(template) => match render(&template, scope, &Limits::default()) {
            Ok(rendering) => rendering.text,
            Err(error) => format!("error: {error}"),
        },
        Err(error) => format!("syntax: {error}"),
    }
}

fn rendered(template: &str) -> String {
    rendered_with(template, &Scope::default())
}

fn of_body(template: &str, body: &str) -> String {
    rendered_with(template, &Scope { body: body.into(), ..Scope::default() })
}

#[test]
fn undefined_reference_prints_nothing_and_is_true() {
    assert_eq!(rendered("<$name$!{name.x}>"), "<>");
    assert_eq!(rendered("#if($x)yes#end#if(!$x)no#end"), "yes");
    assert_eq!(rendered("#if($x == $null)a#end#if($x == \"\")b#end"), "ab");
}

#[test]
fn only_false_is_false() {
    assert_eq!(rendered("#if(0)a#end#if('')b#end#if(false)c#{else}d#end"), "abd");
}

#[test]
fn arithmetic_is_that_of_java() {
    assert_eq!(
        rendered("#set($a = 7 / 2)$a #set($b = 100.0 / 50)$b #set($c = 3 % 2)$c"),
        "3 2.0 1"
    );
    assert_eq!(rendered("#set($a = 2 + 5 * 4)$a #set($b = (5 + 4) > 2)$b"), "22 true");
    assert_eq!(rendered("#set($a = 1 / 0)[$a]"), "[]");
    assert_eq!(rendered("#set($a = 12345678.0)$a #set($b = .0001)$b"), "1.2345678E7 1.0E-4");
}

#[test]
fn word_operators_work() {
    assert_eq!(
        rendered("#if(1 lt 2 and 2 ge 2 or false)a#end#if(not false)b#end#if(1 ne 1)c#end"),
        "ab"
    );
}

#[test]
fn backslashes_escape_what_is_defined() {
    let template = "#set( $email = \"foo\" )\n$email\n\\$email\n\\\\$email\n\\\n\\\\ \\# \\$\n\\#end\n\\# end\n\\#set( $email = \"foo\" )\n";
    let expected = "foo\n$email\n\\foo\n\\\n\\\\ \\# \\$\n#end\n\\# end\n#set( foo = \"foo\" )\n";
    assert_eq!(rendered(template), expected);
}

#[test]
fn strings_keep_backslashes_and_halve_doubled_quotes() {
    assert_eq!(rendered(r#"#set($d = "1\\""2""3")$d"#), r#"1\\"2"3"#);
    assert_eq!(rendered("#set($d = 'it''s $x')$d"), "it's $x");
    assert_eq!(rendered("#set($p = \"^a$\")$p"), "^a$");
}

#[test]
fn directive_swallows_one_line_end_behind_it() {
    assert_eq!(rendered("\n#if(true)\nhello##\n#end"), "\nhello");
    assert_eq!(rendered("a\n  #set($x = 1)  \nb"), "a\n  b");
    assert_eq!(rendered("Stuff#*\n more *#\n and"), "Stuff\n and");
}

#[test]
fn loops_know_their_state_and_restore_variables() {
    assert_eq!(rendered("#set($i = 9)#foreach($i in [1, 2])$i#end$i"), "129");
    assert_eq!(
        rendered(
            "#foreach($j in [1,2])#foreach($i in [3,4])$foreach.count$foreach.parent.index,#end$velocityCount|#end"
        ),
        "10,20,1|11,21,2|"
    );
    assert_eq!(rendered("#foreach($v in [2..-1])$v,#end"), "2,1,0,-1,");
    assert_eq!(rendered("#foreach($v in [1..9])$v#if($v == 2)#break#end#end."), "12.");
    assert_eq!(rendered("#foreach($v in {'a': 1, 'b': 2})$v#end"), "12");
}

#[test]
fn loop_ends_after_a_thousand_turns() {
    let template = Template::parse("#foreach($v in [1..2000])x#end").unwrap();
    let rendering = render(&template, &Scope::default(), &Limits::default()).unwrap();
    assert_eq!(rendering.text.len(), 1000);
    assert!(rendering.is_loop_cut);
}

#[test]
fn defined_block_is_evaluated_at_each_use() {
    assert_eq!(rendered("#define($f)$x#end#set($x = 1)$f#set($x = 2)$f"), "12");
    assert_eq!(rendered("#define( $hello)hi#end$hello()$hello()"), "hi()hi()");
}

#[test]
fn foreign_directives_print_as_they_stand() {
    assert_eq!(
        rendered("#set($x = 1)#evaluate($x)#foo #13ff93 \"#\" #"),
        "#evaluate($x)#foo #13ff93 \"#\" #"
    );
    assert_eq!(rendered("#macro(a $b)$b#end#a(1)"), "#a(1)");
}

#[test]
fn maps_print_as_java_and_lists_from_json_as_json() {
    assert_eq!(
        of_body("$input.path('$')", r#"{"a": {"b": [1, {"c": null}]}, "d": null}"#),
        r#"{a={b=[1,{"c":null}]}, d=null}"#
    );
    assert_eq!(rendered("#set($l = ['one', 2, {'a': []}])$l"), "[one, 2, {a=[]}]");
    assert_eq!(of_body("$input.json('$.a')", r#"{"a": [1, 2.50, "x"]}"#), r#"[1,2.5,"x"]"#);
}

#[test]
fn input_of_other_payloads_is_known() {
    assert_eq!(
        of_body("$input.body|$input.body.x|$input.json('$.a')|$input.path('$.a')", ""),
        "{}||\"\"|"
    );
    assert_eq!(of_body("$input.json('$.a')", "no json"), "\"\"");
    assert_eq!(of_body("$input.path('$')", "\"Pass\""), "Pass");
}

#[test]
fn values_are_shared_and_may_change() {
    assert_eq!(rendered("#set($a = {})#set($b = $a)$!a.put('k', 1)$b.k"), "1");
    assert_eq!(
        rendered("#set($l = [1])#set($i = $l.add(2))$l.size()$l.contains(2)$l.contains('2')"),
        "2truefalse"
    );
    assert_eq!(
        rendered("#set($m = {})#set($m['a b'] = 'x')$m $m.keySet() $m.entrySet().get(0).value"),
        "{a b=x} [a b] x"
    );
    assert_eq!(
        of_body("#set($j = $util.parseJson($input.body))$!j.putAll({'b': 2})$j", r#"{"a":1}"#),
        "{a=1, b=2}"
    );
}

#[test]
fn methods_of_strings_are_those_of_java() {
    assert_eq!(
        rendered(
            "#set($s = 'something')$s.length() $s.indexOf('e') $s.substring(3, 6) $s.substring(6)"
        ),
        "9 3 eth ing"
    );
    assert_eq!(
        rendered(
            "#set($s = 'a,b,,c')$s.split(',').size() $s.replace(',', ';') $s.toUpperCase() $s.charAt(2)"
        ),
        "4 a;b;;c A,B,,C b"
    );
    assert_eq!(rendered("#set($s = '123')$s.matches('[0-9]*') $s.matches('2')"), "true false");
    insta::assert_snapshot!(rendered("#set($s = 'abc')\n$s.substring(9)"), @r#"error: "substring": index out of range for length 3 at line 2, column 1"#);
}

#[test]
fn authorizer_values_are_strings() {
    let context = json!({"authorizer": {"n": 1}}).as_object().unwrap().clone();
    let scope = Scope { context, ..Scope::default() };
    assert_eq!(rendered_with("$context.authorizer.n.length()", &scope), "1");
}

#[test]
fn override_is_kept_and_may_be_set_once() {
    let template = "#set($context.responseOverride.status = 400)#set($context.responseOverride.header.a = 'b')";
    let template = Template::parse(template).unwrap();
    let rendering = render(&template, &Scope::default(), &Limits::default()).unwrap();
    assert_eq!(rendering.overrides.status(), Some(400));
    assert_eq!(rendering.overrides.headers(), [("a".to_owned(), "b".to_owned())]);
    let again = Scope { overrides: rendering.overrides, ..Scope::default() };
    insta::assert_snapshot!(
        rendered_with("#set($context.responseOverride.status = 401)", &again),
        @r#"error: override "responseOverride.status" is set twice at line 1, column 6"#
    );
}

#[test]
fn syntax_errors_tell_line_and_column() {
    insta::assert_snapshot!(rendered("a\n #if($x) b"), @r##"syntax: "#if" has no "#end" at line 2, column 2"##);
    insta::assert_snapshot!(rendered("#if(1)x#end #end "), @r##"syntax: "#end" without a block at line 1, column 13"##);
    insta::assert_snapshot!(rendered("Hello ${name."), @r#"syntax: "}" expected, found "." at line 1, column 13"#);
    insta::assert_snapshot!(rendered("Hello $"), @r#"syntax: the template ends in "$" at line 1, column 7"#);
    insta::assert_snapshot!(rendered("#set($x 1)"), @r#"syntax: "=" expected, found "1" at line 1, column 9"#);
    insta::assert_snapshot!(rendered("#set ($name = \"\\\"batman\\\"\")$name"), @r#"syntax: ")" expected, found "b" at line 1, column 18"#);
    insta::assert_snapshot!(rendered("#set($x = 'a"), @"syntax: unterminated string at line 1, column 11");
    assert!(rendered("#if(true)a#else b#elseif(true)c#end").starts_with("syntax"));
    assert!(rendered("#if(true)x#endOff").starts_with("syntax"));
}

#[test]
fn hostile_templates_end_with_a_limit() {
    let bomb = "#set($s = 'xxxxxxxx')#foreach($i in [1..60])#set($s = \"$s$s\")#end$s";
    assert!(rendered(bomb).starts_with("error"));
    assert!(rendered("#define($f)$f#end$f").contains("nested more than"));
    assert!(rendered("#set($m = {})#set($i = $m.put('m', $m))$m").contains("nested more than"));
    assert!(rendered(&"#if(true)".repeat(5000)).contains("nested more than"));
    assert!(rendered(&format!("#set($x = {}1)", "(".repeat(5000))).contains("nested more than"));
    assert!(rendered(&"$a[".repeat(5000)).starts_with("syntax"));
    assert!(rendered("#set($l = [1..900000000])").contains("steps"));
    let slow = "#foreach($i in [1..1000])#foreach($j in [1..1000])$util.parseJson('[1,2]')#end#end";
    assert!(rendered(slow).contains("steps"));
    let regex = "#set($s = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')#foreach($i in [1..1000])$s.matches('(a+)+b')#end";
    assert!(rendered(regex).starts_with("error"));
}

#[test]
fn block_that_changes_the_list_it_indexes_is_no_panic() {
    let head = "#set($l = [1, 2])#define($d)$!l.clear()1#end";
    let fault = "index 1 of 0 elements";
    assert!(rendered(&format!("{head}#set($l[$d] = 5)")).contains(fault));
    assert!(rendered(&format!("{head}$l.get($d)")).contains(fault));
    assert!(rendered(&format!("{head}$l.set($d, 1)")).contains(fault));
    assert_eq!(rendered(&format!("{head}$!l.clear()$!l.add($d)$l.remove($d)")), "truefalse");
}

#[test]
fn indexes_at_the_end_of_the_numbers_are_faults() {
    let last = i64::MAX;
    assert!(rendered(&format!("#set($s = 'abc')$s.charAt({last})")).starts_with("error"));
    assert!(rendered(&format!("#set($s = 'abc')$s.substring({last})")).starts_with("error"));
    assert_eq!(rendered(&format!("#set($s = 'abc')$s.indexOf('a', {last})")), "-1");
    assert_eq!(
        rendered("#set($s = 'abc')$s.startsWith('', -1)$s.startsWith('b', 1)$s.startsWith('', 4)"),
        "falsetruefalse"
    );
}

#[test]
fn large_payload_is_kept_once() {
    let body = format!("\"{}\"", "x".repeat(1 << 20));
    let many = "#set($l = [])#foreach($i in [1..1000])#set($a = $l.add($input.body))#end$l.size()";
    assert_eq!(of_body(many, &body), "1000");
    assert_eq!(of_body("$input.path('$').length()", &body), (1 << 20).to_string());
    assert_eq!(of_body("$input.json('$')", &body).len(), body.len());
}

#[test]
fn what_aws_does_not_support_is_an_error() {
    insta::assert_snapshot!(rendered("${a|'x'}"), @"error: an alternate value is not supported by API Gateway at line 1, column 1");
    insta::assert_snapshot!(rendered("#foreach($i in [$a .. $b])x#end"), @"error: a range over references is not supported by API Gateway at line 1, column 1");
}
