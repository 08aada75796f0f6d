"""What `census collect` reads from moto is what boto3 reads, row by row and column by column."""

import threading

import pytest

from account import ACCOUNT_ID, REGIONS
from endpoint import Reply
from expected_rows import API, COLUMNS, DATASETS, INTEGRATION, RESPONSE, comparable, expected

REGION = "us-east-1"
NOT_FOUND = Reply(404, '{"message": "Invalid API identifier"}', error_type="NotFoundException")
HTML_NOT_FOUND = Reply(404, "<html><title>404 Not Found</title></html>", "text/html")
DENIED = Reply(
    403,
    '{"message": "User: arn:aws:iam::123456789012:user/x is not authorized"}',
    error_type="AccessDeniedException",
)
BROKEN = Reply(500, "<html><title>500 Internal Server Error</title></html>", "text/html")


def assert_same(census, account) -> None:
    for dataset, rows in expected(account).items():
        assert comparable(dataset, census.rows(dataset)) == rows, dataset


def lists(path: str, child: str) -> bool:
    """Whether the path is that of the list of these children."""
    return path.rstrip("/").endswith(f"/{child}")


def test_every_row_and_column_is_what_boto3_reads(census, account):
    account.create_everything()
    census.collect_whole()
    assert len(expected(account)[RESPONSE]) == 14
    assert_same(census, account)


@pytest.mark.parametrize("dataset", DATASETS)
def test_select_star_gives_exactly_the_columns_of_the_dataset(census, account, dataset):
    account.create_everything()
    census.collect_whole()
    assert list(census.rows(dataset)[0]) == COLUMNS[dataset]


def test_tags_tell_where_a_response_came_from(census, account):
    api_id = account.create_chat(REGION)
    integration_id = account.first_integration(REGION, api_id, "MOCK")
    census.collect_whole()
    [row] = census.query(
        f"SELECT tags FROM {RESPONSE} WHERE tags->'integration_id' = '{integration_id}'"
    )
    assert row["tags"] == {
        "team": "Payments, EU",
        "Größe": "groß 🦊",
        "Cost Center": "",
        "region": "somewhere,us-east-1",
        "api_id": api_id,
        "api_name": "chat, \"Zürich\"",
        "integration_id": integration_id,
        "integration_response_key": "/200/",
    }


def test_tags_say_where_a_row_came_from(census, account):
    api_id = account.create_chat("eu-west-1")
    account.create_shop(REGION)
    census.collect_whole()
    rows = census.query(
        "SELECT DISTINCT tags->'api_id' AS api_id, "
        "tags->'integration_response_key' AS integration_response_key "
        f"FROM {RESPONSE} WHERE tags->'api_id' = '{api_id}' ORDER BY integration_response_key"
    )
    assert [row["integration_response_key"] for row in rows] == sorted(
        {"$default", "/.*\\[(4|5)\\d\\d\\].*/", "/2\\d\\d/", "/4\\d\\d/", "/200/"}
    )
    assert {row["api_id"] for row in rows} == {api_id}


def test_empty_map_is_an_empty_hstore_and_an_absent_one_is_null(census, account):
    account.create_chat(REGION)
    census.collect_whole()
    rows = census.query(
        "SELECT tags->'integration_response_key' AS integration_response_key, "
        f"response_parameters, response_templates FROM {RESPONSE}"
    )
    by_key = {row["integration_response_key"]: row for row in rows}
    empty = by_key["/.*\\[(4|5)\\d\\d\\].*/"]
    assert (empty["response_parameters"], empty["response_templates"]) == ({}, {})
    absent = by_key["/200/"]
    assert (absent["response_parameters"], absent["response_templates"]) == (None, None)


def test_second_census_of_an_unchanged_account_gives_the_same_rows(census, account):
    account.create_everything()
    census.collect_whole()
    before = {dataset: census.rows(dataset) for dataset in DATASETS}
    census.collect_whole()
    assert {dataset: census.rows(dataset) for dataset in DATASETS} == before


def test_updated_response_shows_its_new_values(census, account):
    api_id = account.create_chat(REGION)
    integration_id = account.first_integration(REGION, api_id, "HTTP")
    [response, *_] = account.responses(REGION, api_id, integration_id)
    census.collect_whole()
    account.client(REGION).update_integration_response(
        ApiId=api_id,
        IntegrationId=integration_id,
        IntegrationResponseId=response["IntegrationResponseId"],
        ResponseTemplates={"text/plain": "changed, \"quoted\" and\nbroken"},
    )
    census.collect_whole()
    assert_same(census, account)


def test_deleted_response_is_gone(census, account):
    api_id = account.create_chat(REGION)
    integration_id = account.first_integration(REGION, api_id, "HTTP")
    [response, *_] = account.responses(REGION, api_id, integration_id)
    census.collect_whole()
    account.client(REGION).delete_integration_response(
        ApiId=api_id,
        IntegrationId=integration_id,
        IntegrationResponseId=response["IntegrationResponseId"],
    )
    census.collect_whole()
    gone = response["IntegrationResponseId"]
    assert gone not in {row["integration_response_id"] for row in census.rows(RESPONSE)}
    assert_same(census, account)


def test_deleted_integration_takes_its_responses_along(census, account):
    api_id = account.create_chat(REGION)
    integration_id = account.first_integration(REGION, api_id, "AWS")
    census.collect_whole()
    account.client(REGION).delete_integration(ApiId=api_id, IntegrationId=integration_id)
    census.collect_whole()
    left = {row["tags"]["integration_id"] for row in census.rows(RESPONSE)}
    assert left and integration_id not in left
    assert_same(census, account)


def test_deleted_api_takes_all_its_rows_along(census, account):
    account.create_everything()
    [api_id] = [api["ApiId"] for api in account.apis("eu-west-1")]
    census.collect_whole()
    account.client("eu-west-1").delete_api(ApiId=api_id)
    census.collect_whole()
    for dataset in DATASETS:
        assert api_id not in str(census.rows(dataset)), dataset
    assert_same(census, account)


def test_added_api_is_there_after_the_next_census(census, account):
    account.create_chat(REGION)
    census.collect_whole()
    account.create_shop("eu-west-1")
    account.create_chat("eu-west-1")
    census.collect_whole()
    assert_same(census, account)


def test_region_that_was_emptied_has_no_rows_because_its_listing_is_complete(census, account):
    account.create_everything()
    census.collect_whole()
    for region in REGIONS:
        for api in account.apis(region):
            account.client(region).delete_api(ApiId=api["ApiId"])
        account.delete_edge(region)
    census.collect_whole()
    for dataset in DATASETS:
        assert census.rows(dataset) == [], dataset
    assert {row["outcome"] for row in census.coverage().values()} == {"complete"}


def test_region_that_is_not_collected_keeps_its_rows(census, account):
    account.create_everything()
    census.collect_whole()
    before = {dataset: census.rows(dataset) for dataset in DATASETS}
    census.collect_whole(regions=REGION)
    assert {dataset: census.rows(dataset) for dataset in DATASETS} == before


def test_coverage_has_a_row_for_each_region_and_dataset(census, account):
    account.create_everything()
    census.collect_whole()
    coverage = census.coverage()
    assert set(coverage) == {(region, dataset) for region in REGIONS for dataset in DATASETS}
    rows = expected(account)
    for (region, dataset), row in coverage.items():
        assert row["account_id"] == ACCOUNT_ID
        assert (row["outcome"], row["complete"]) == ("complete", True)
        assert row["error_code"] is None
        in_region = [found for found in rows[dataset] if f":{region}:" in found["_key"]]
        assert row["rows"] == len(in_region), (region, dataset)


def test_rows_of_an_unreachable_service_are_kept_and_its_coverage_says_failed(
    census, account, closed_port_url
):
    account.create_everything()
    census.collect_whole()
    before = {dataset: census.rows(dataset) for dataset in DATASETS}
    run = census.collect(AWS_ENDPOINT_URL_APIGATEWAYV2=closed_port_url)
    assert run.code == 3, run.stderr
    assert {dataset: census.rows(dataset) for dataset in DATASETS} == before
    for row in census.coverage().values():
        assert (row["outcome"], row["complete"]) == ("failed", False), row
        assert row["data_as_of"] < row["started_at"]


def test_rows_are_kept_where_nothing_of_aws_can_be_reached(census, account, closed_port_url):
    account.create_everything()
    census.collect_whole()
    before = {dataset: census.rows(dataset) for dataset in DATASETS}
    run = census.collect(AWS_ENDPOINT_URL=closed_port_url)
    assert run.code in (1, 3), run.stderr
    assert {dataset: census.rows(dataset) for dataset in DATASETS} == before


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [(DENIED, "denied"), (HTML_NOT_FOUND, "failed"), (BROKEN, "failed")],
    ids=["denied", "not-found-without-aws-error", "server-error"],
)
def test_scope_that_cannot_be_read_keeps_its_rows(census, account, endpoint, reply, outcome):
    account.create_everything()
    census.collect_whole()
    before = {dataset: census.rows(dataset) for dataset in DATASETS}
    endpoint.answer(lambda path: lists(path, "apis"), reply)
    run = census.collect(AWS_ENDPOINT_URL=endpoint.url)
    assert run.code == 3, run.stderr
    assert {dataset: census.rows(dataset) for dataset in DATASETS} == before
    coverage = census.coverage()
    assert {coverage[region, API]["outcome"] for region in REGIONS} == {outcome}


def test_row_is_gone_only_where_the_list_of_its_parent_was_read(census, account, endpoint):
    denied, read = account.create_chat(REGION), account.create_chat(REGION)
    census.collect_whole()
    before = census.rows(RESPONSE)
    for api_id in (denied, read):
        integration_id = account.first_integration(REGION, api_id, "HTTP")
        [response, *_] = account.responses(REGION, api_id, integration_id)
        account.client(REGION).delete_integration_response(
            ApiId=api_id,
            IntegrationId=integration_id,
            IntegrationResponseId=response["IntegrationResponseId"],
        )
    endpoint.answer(
        lambda path: f"/{denied}/" in path and lists(path, "integrationresponses"), DENIED
    )
    run = census.collect(AWS_ENDPOINT_URL=endpoint.url)
    assert run.code == 3, run.stderr
    now = expected(account)[RESPONSE]
    wanted = [row for row in before if f"/{denied}/" in row["_key"]]
    wanted += [row for row in now if f"/{read}/" in row["_key"]]
    assert census.rows(RESPONSE) == sorted(wanted, key=lambda row: row["_key"])
    assert census.rows(INTEGRATION) == expected(account)[INTEGRATION]
    coverage = census.coverage()
    assert coverage[REGION, INTEGRATION]["outcome"] == "complete"
    assert coverage[REGION, RESPONSE]["outcome"] == "partial"
    assert coverage[REGION, RESPONSE]["error_code"] == "AccessDeniedException"


def test_parent_that_was_deleted_during_the_census_fails_nothing(census, account, endpoint):
    gone, left = account.create_chat(REGION), account.create_chat(REGION)
    census.collect_whole()
    deleting = threading.Lock()

    def is_below(path: str) -> bool:
        """Deletes the API once it has been listed and what lies below it is asked for."""
        below = f"/{gone}/" in path
        with deleting:
            if below and any(api["ApiId"] == gone for api in account.apis(REGION)):
                account.client(REGION).delete_api(ApiId=gone)
        return below

    endpoint.answer(is_below, NOT_FOUND)
    run = census.collect(AWS_ENDPOINT_URL=endpoint.url)
    assert run.code == 0, run.stderr
    assert {row["tags"]["api_id"] for row in census.rows(RESPONSE)} == {left}
    assert census.coverage()[REGION, RESPONSE]["outcome"] == "complete"


def test_what_is_gone_below_a_parent_that_is_listed_is_not_gone(census, account, endpoint):
    listed = account.create_chat(REGION)
    census.collect_whole()
    before = census.rows(RESPONSE)
    endpoint.answer(lambda path: f"/{listed}/" in path, NOT_FOUND)
    run = census.collect(AWS_ENDPOINT_URL=endpoint.url)
    assert run.code == 3, run.stderr
    assert census.rows(RESPONSE) == before
    assert not census.coverage()[REGION, RESPONSE]["complete"]
