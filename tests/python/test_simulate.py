"""`census simulate` over the accounts of the demo: what a client would receive, and what is said of wrong input."""

import json

import pytest

CAPTURE = ("--api", "payments-live-status", "--region", "us-east-1", "--integration", "capture")
REFUND = ("--api", "payments-live-status", "--region", "us-east-1", "--integration", "refund")


def simulated(census, *arguments, stdin="") -> dict:
    run = census.run("simulate", *arguments, "--format", "json", stdin=stdin)
    assert run.code == 0, run.stderr
    return json.loads(run.stdout)


def test_function_that_succeeds_takes_the_default(demo):
    answer = simulated(demo, *CAPTURE, "--body", "-", stdin='{"captured": true}')
    assert answer["outcome"] == {
        "kind": "frame",
        "payload": '{"captured": true, "currency": ""}',
        "encoding": "text",
    }
    assert answer["selected"]["key"] == "$default"
    assert {one["key"]: one["selected"] for one in answer["considered"]} == {
        "$default": True,
        "/4\\d\\d/": False,
    }
    assert answer["certainty"] == "assumed"


def test_stage_variables_are_seen_by_templates(demo):
    answer = simulated(
        demo, *CAPTURE, "--body", "-", "--stage-variable", "currency=EUR", stdin='{"captured": 1}'
    )
    assert answer["outcome"]["payload"] == '{"captured": 1, "currency": "EUR"}'


def test_trace_tells_why_in_sentences(demo):
    run = demo.run("simulate", *CAPTURE, "--body", "-", stdin='{"captured": true}')
    assert run.code == 0, run.stderr
    assert "The client receives this data frame:" in run.stdout
    assert '    {"captured": true, "currency": ""}' in run.stdout
    assert "not taken: does not match" in run.stdout
    assert "[assumed]" in run.stdout
    assert "Backend      answers 200 with 0 headers and 18 bytes of text" in run.stdout
    assert "without a value: $stageVariables.currency" in run.stdout
    assert run.stderr.startswith("complete: ")


def test_failed_function_is_matched_by_its_message(demo):
    answer = simulated(
        demo,
        "--api", "support-desk-chat", "--region", "us-east-1", "--integration", "message",
        "--error-message", "Error: Invalid input: no text",
        "--context", "connectionId=abc=",
    )
    assert answer["selected"]["key"] == "/.*Invalid input.*/"
    payload = json.loads(answer["outcome"]["payload"])
    assert payload["error"]["message"] == "Error: Invalid input: no text"
    assert payload["error"]["connection"] == "abc="
    assert {"name": "X-Error-Code", "value": "invalid_input", "source": "'invalid_input'"} in answer["headers"]


def test_headers_are_mapped_with_their_sources_and_the_others_dropped(demo):
    answer = simulated(
        demo, *REFUND, "--status", "200",
        "--header", "X-Request-Id: 42", "--header", "Server: nginx", "--body", "-",
        stdin="{}",
    )
    assert answer["selected"]["key"] == "/2\\d\\d/"
    assert {
        "name": "X-Request-Id", "value": "42", "source": "integration.response.header.X-Request-Id",
    } in answer["headers"]
    assert answer["headers_observable"] is False
    assert answer["dropped_headers"] == ["X-Request-Id", "Server"]


def test_body_that_is_no_json_is_an_error_frame_with_its_cause(demo):
    answer = simulated(demo, *REFUND, "--status", "422", "--body", "-", stdin='{"error": ')
    assert answer["outcome"]["kind"] == "error_frame"
    assert "JSON" in answer["outcome"]["cause"]


def test_unreachable_backend_is_an_error_frame(demo):
    answer = simulated(demo, *REFUND, "--unreachable")
    assert answer["outcome"]["kind"] == "error_frame"
    assert simulated(demo, *REFUND, "--timed-out")["outcome"]["kind"] == "error_frame"


def test_integration_is_found_by_id_and_arn(demo):
    [row] = demo.query(
        "SELECT a.api_id, i.integration_id, i._key, a._key AS api_key FROM aws.apigatewayv2_integration i "
        "JOIN aws.apigatewayv2_api a ON a.api_id = i.tags->'api_id' "
        "WHERE a.name = 'trading-feed' AND i.description = 'quote'"
    )
    by_id = simulated(demo, "--api", row["api_id"], "--integration", row["integration_id"])
    by_arn = simulated(demo, "--api", row["api_key"], "--integration", row["_key"])
    assert by_id == by_arn
    assert by_id["integration"] == row["_key"]


@pytest.mark.parametrize(
    ("arguments", "sqlstate", "text"),
    [
        (("--api", "trading-fed", "--integration", "x"), "42704", 'API "trading-fed" does not exist'),
        (("--api", "trading-feed", "--integration", "qote"), "42704", 'integration "qote" does not exist'),
        (("--api", "payments-live-status", "--integration", "ping"), "42P09", "is not unique"),
        (
            ("--api", "trading-feed", "--account", "1", "--integration", "x"),
            "42704",
            'API "trading-feed" does not exist in account "1"',
        ),
        (
            ("--api", "trading-feed", "--region", "xx-east-1", "--account", "1", "--integration", "x"),
            "42704",
            'API "trading-feed" does not exist in account "1", region "xx-east-1"',
        ),
        ((*CAPTURE, "--body", "-", "--request-body", "-"), "22023", "standard input cannot be both bodies"),
        ((*CAPTURE, "--body", "/dev/zero"), "22023", 'file "/dev/zero" has more than 16 MB'),
        (("--api", "payments-public-api", "--integration", "payments"), "22023", "is an HTTP API"),
        ((*CAPTURE, "--header", "no colon"), "22023", 'header "no colon" has no colon'),
        ((*CAPTURE, "--header", ": x"), "22023", "is no name of a header"),
        ((*CAPTURE, "--header", "x: a\nb"), "22023", 'the value of header "x" has a control character'),
        ((*CAPTURE, "--stage-variable", "x"), "22023", 'stage variable "x" is not NAME=VALUE'),
        ((*CAPTURE, "--context", "=x"), "22023", 'context "=x" is not NAME=VALUE'),
        ((*CAPTURE, "--context", "a=1", "--context", "a.b=1"), "22023", "leads nowhere"),
        ((*REFUND, "--error-message", "x"), "22023", "calls no function"),
    ],
)
def test_wrong_input_is_named(demo, arguments, sqlstate, text):
    run = demo.run("simulate", *arguments)
    assert (run.code, run.sqlstate) == (1, sqlstate), run.stderr
    assert text in run.message
    assert run.stdout == ""


def test_nearest_name_is_hinted(demo):
    run = demo.run("simulate", "--api", "trading-fed", "--integration", "x")
    assert run.line("HINT") == 'Perhaps "trading-feed".'


def test_usage_errors_are_the_users_to_fix(demo, tmp_path):
    assert demo.run("simulate").code == 1
    assert demo.run("simulate", *CAPTURE, "--status", "99").code == 1
    assert demo.run("simulate", *CAPTURE, "--status", "200", "--error-message", "x").code == 1
    run = demo.run("simulate", *CAPTURE, "--body", str(tmp_path / "absent"))
    assert run.code == 1
    assert "absent" in run.stderr


def test_bytes_have_to_be_announced(demo, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"\x00\xff")
    run = demo.run("simulate", *REFUND, "--body", str(body))
    assert (run.code, run.sqlstate) == (1, "22023")
    label = ("--api", "order-tracking", "--integration", "label")
    answer = simulated(demo, *label, "--binary", "--body", str(body))
    assert answer["outcome"] == {"kind": "frame", "payload": "AP8=", "encoding": "text"}


def test_trace_moves_no_cursor_and_keeps_its_lines(demo):
    body = json.dumps({"captured": "\u001b[2J"}, ensure_ascii=False)
    run = demo.run("simulate", *CAPTURE, "--body", "-", "--stage-variable", "currency=a\u001b[31m\nb", stdin=body)
    assert run.code == 0, run.stderr
    assert "\u001b" not in run.stdout
    assert "\\x1B[31m" in run.stdout
    failed = demo.run("simulate", *CAPTURE, "--error-message", "one\ntwo")
    assert 'does not match "one\\ntwo"' in failed.stdout
