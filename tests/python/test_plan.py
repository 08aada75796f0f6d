"""What a census would take, what it leaves out as fresh, and datasets of one's own."""

import json

import pytest

from binary import DATASETS
from expected_rows import API, STAGE

REGION = "us-east-1"

STAGE_NAMES = """
id = "ours.stage_name"
title = "Stage names"
description = "The names of stages, and nothing else of them."
key = "{api_id}/{stage_name}"

[parent]
dataset = "aws.apigatewayv2_api"

[list]
service = "apigatewayv2"
endpoint_prefix = "apigateway"
signing_name = "apigateway"
operation = "GetStages"
action = "apigateway:GET"
resource = "arn:{partition}:apigateway:{region}::/apis/{api_id}/stages"
path = "/v2/apis/{api_id}/stages"
items = "items"
paging = { size_parameter = "maxResults", size = 500, token_parameter = "nextToken", token_member = "nextToken" }

[[column]]
name = "_key"
type = "string"
description = "API and stage."

[[column]]
name = "account_id"
type = "string"
description = "The account."

[[column]]
name = "stage_name"
type = "string"
description = "The name."

[[column]]
name = "tags"
type = "hstore_csv"
description = "The tags of the API."
"""


def test_plan_tells_calls_of_the_last_census_and_the_policy(census, account):
    account.create_everything()
    arguments = ("plan", "--regions", REGION, "--datasets", DATASETS)
    before = census.run(*arguments)
    assert before.code == 0, before.stderr
    assert "never" in before.stdout and "known after the first census" in before.stderr
    # The three lists that nothing lies above.
    assert "8 scopes, at least 3 calls, at least 0 s" in before.stderr
    census.collect_whole(regions=REGION)
    [made] = census.query("SELECT sum(calls) AS calls FROM census.coverage")
    after = census.run(*arguments)
    assert after.code == 0, after.stderr
    assert f"8 scopes, {made['calls']} calls, 0 s at 100% of the quota" in after.stderr
    table, _, policy = after.stdout.partition("{")
    assert str(made["calls"]) in table.split()
    assert json.loads("{" + policy)["Version"] == "2012-10-17"


def test_the_policy_alone_asks_nobody(census, closed_port_url):
    run = census.run("plan", "--policy", "--regions", "all", AWS_ENDPOINT_URL=closed_port_url)
    assert run.code == 0, run.stderr
    statements = {each["Sid"]: each for each in json.loads(run.stdout)["Statement"]}
    assert set(statements) == {"ApigatewayGET", "ApigatewayListRoutingRules", "Regions"}
    assert "arn:aws:apigateway:*::/apis/*/routes" in statements["ApigatewayGET"]["Resource"]
    assert statements["Regions"]["Action"] == ["ec2:DescribeRegions"]


@pytest.mark.parametrize(
    ("units", "lists"),
    [
        ((), {"Accounts"}),
        (("--include-ou", "ou-a"), {"AccountsForParent", "OrganizationalUnitsForParent"}),
        (("--exclude-ou", "ou-a"), {"AccountsForParent", "OrganizationalUnitsForParent", "Roots"}),
    ],
)
def test_the_policy_allows_the_lists_of_the_units_that_are_asked_for(census, units, lists):
    run = census.run("plan", "--policy", "--organization", *units)
    assert run.code == 0, run.stderr
    statements = {each["Sid"]: each for each in json.loads(run.stdout)["Statement"]}
    actions = {f"organizations:List{name}" for name in lists}
    assert set(statements["CallerListsAccounts"]["Action"]) == actions


def test_what_is_fresh_enough_is_left_out(census, account):
    account.create_everything()
    arguments = ("collect", "--regions", REGION, "--datasets", DATASETS, "--max-age", "1h")
    first = census.run(*arguments)
    assert first.code == 0 and "8 scopes (8 complete), " in first.stderr
    second = census.run(*arguments)
    assert second.code == 0, second.stderr
    assert "0 scopes (none to read), 8 left out as fresh" in second.stderr
    assert " 0 calls in " in second.stderr
    wider = census.run(*arguments[:2], f"{REGION},eu-west-1", *arguments[3:])
    assert "8 scopes (8 complete), 8 left out as fresh" in wider.stderr


def test_an_age_without_unit_is_refused(census):
    run = census.run("collect", "--max-age", "60")
    assert run.code == 1
    assert '"60" is no age such as 1h or 30min' in run.stderr


def test_progress_can_be_read_by_machines(census, account):
    account.create_everything()
    run = census.run(*census.collect_arguments(REGION), "--format", "json")
    assert run.code == 0, run.stderr
    events = [json.loads(line) for line in run.stdout.splitlines()]
    assert [event["event"] for event in events] == ["account"] + ["scope"] * 8 + ["finished"]
    assert {event["outcome"] for event in events[1:-1]} == {"complete"}
    assert events[-1]["complete"] is True
    assert events[-1]["rows"] == sum(event["rows"] for event in events[1:-1])
    assert run.stderr == ""


@pytest.fixture
def folder(tmp_path):
    file = tmp_path / "datasets" / "ours" / "stage_name.toml"
    file.parent.mkdir(parents=True)
    file.write_text(STAGE_NAMES)
    return tmp_path / "datasets"


def test_a_dataset_of_ones_own_is_collected_and_asked(census, account, folder):
    account.create_everything()
    options = ("--directory", str(folder))
    arguments = ("--regions", REGION, "--datasets", f"ours.stage_name,{STAGE}")
    run = census.run(*options, "collect", *arguments)
    assert run.code == 0, run.stderr
    sql = "SELECT stage_name, tags->'api_name' AS api FROM ours.stage_name ORDER BY 1"
    run = census.run(*options, "query", "--format", "json", sql)
    assert run.code == 0, run.stderr
    names = [row["stage_name"] for row in json.loads(run.stdout)]
    assert names == sorted(stage["stage_name"] for stage in census.rows(STAGE))
    assert "Stage names" in census.run(*options, "directory", "ours.stage_name").stdout
    assert census.run("query", sql).sqlstate == "42P01"


def test_faults_of_ones_own_dataset_are_told_with_their_lines(census, folder):
    file = folder / "ours" / "stage_name.toml"
    file.write_text(STAGE_NAMES.replace("apigatewayv2_api", "apigatewayv2_apo"))
    run = census.run("--directory", str(folder), "directory")
    assert (run.code, run.sqlstate) == (1, "F0000")
    assert 'stage_name.toml:8: parent dataset "aws.apigatewayv2_apo" does not exist' in run.stderr
    assert API in run.line("HINT")
