"""The store is plain Delta Lake: Python's `deltalake` reads the present and the history from it."""

import json
from datetime import datetime

import pytest
from deltalake import DeltaTable
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from expected_rows import COLUMNS, DATASETS, RESPONSE, TIMESTAMP_COLUMNS

REGION = "us-east-1"
JSON = {
    "access_log_settings",
    "cors_configuration",
    "default_route_settings",
    "domain_name_configurations",
    "mutual_tls_authentication",
    "tls_config",
}
MAPS = {"tags", "response_parameters", "response_templates", "request_parameters", "request_templates", "request_models", "stage_variables"}


def arrow(table, **options):
    """Returns the table's rows, read by Arrow's own file system: deltalake's calls back into Python from threads
    that outlive the interpreter, which then aborts."""
    path = table.table_uri.removeprefix("file://")
    return table.to_pyarrow_table(filesystem=SubTreeFileSystem(path, LocalFileSystem()), **options)


def versions(census, dataset: str) -> list[dict]:
    """All versions of all rows, in the order of their keys and beginnings."""
    schema, table = dataset.split(".")
    stored = arrow(DeltaTable(str(census.store / schema / table))).to_pylist()
    return sorted(stored, key=lambda row: (row["_key"], row["_valid_from"]))


def present(census, dataset: str) -> list[dict]:
    return [row for row in versions(census, dataset) if row["_current"]]


def as_printed(dataset: str, stored: list[dict]) -> list[dict]:
    """Stored rows in the columns and the form of `census query --format json`."""
    return [
        {name: _as_printed(dataset, name, row[name]) for name in COLUMNS[dataset]} for row in stored
    ]


def _as_printed(dataset: str, name: str, value):
    if value is None:
        return None
    if name in JSON:
        return json.loads(value)
    # An integration's response parameters map to maps, and are text.
    if name in MAPS and not isinstance(value, str):
        return dict(value)
    return value


def queried(census, dataset: str) -> list[dict]:
    rows = census.rows(dataset)
    for row in rows:
        for name in TIMESTAMP_COLUMNS & set(row):
            row[name] = row[name] and datetime.fromisoformat(row[name].replace("Z", "+00:00"))
    return rows


@pytest.mark.parametrize("dataset", DATASETS)
def test_present_rows_are_those_that_census_answers_with(census, account, dataset):
    account.create_everything()
    census.collect_whole()
    stored = as_printed(dataset, present(census, dataset))
    assert stored
    assert stored == queried(census, dataset)


def test_present_rows_have_a_beginning_and_no_end(census, account):
    account.create_everything()
    census.collect_whole()
    rows = present(census, RESPONSE)
    assert rows
    assert all(row["_valid_from"] is not None and row["_valid_to"] is None for row in rows)
    assert {row["region"] for row in rows} == {"us-east-1", "eu-west-1"}


def test_partition_of_the_present_can_be_read_alone(census, account):
    account.create_everything()
    census.collect_whole()
    table = DeltaTable(str(census.store / "aws" / "apigatewayv2_integrationresponse"))
    assert table.metadata().partition_columns == ["_current"]
    alone = arrow(table, partitions=[("_current", "=", "true")])
    assert sorted(alone["_key"].to_pylist()) == [row["_key"] for row in census.rows(RESPONSE)]


def test_updated_row_has_two_versions_that_meet(census, account):
    api_id = account.create_chat(REGION)
    integration_id = account.first_integration(REGION, api_id, "MOCK")
    [response] = account.responses(REGION, api_id, integration_id)
    census.collect_whole()
    [old] = [row for row in census.rows(RESPONSE) if integration_id in row["_key"]]
    account.client(REGION).update_integration_response(
        ApiId=api_id,
        IntegrationId=integration_id,
        IntegrationResponseId=response["IntegrationResponseId"],
        ResponseTemplates={"$default": "new"},
    )
    census.collect_whole()
    [new] = [row for row in census.rows(RESPONSE) if integration_id in row["_key"]]
    stored = [row for row in versions(census, RESPONSE) if row["_key"] == old["_key"]]
    assert as_printed(RESPONSE, stored) == [old, new]
    ended, current = stored
    assert (ended["_current"], current["_current"]) == (False, True)
    assert ended["_valid_from"] < ended["_valid_to"] == current["_valid_from"]
    assert current["_valid_to"] is None


def test_deleted_row_stays_in_the_history_with_its_end(census, account):
    api_id = account.create_chat(REGION)
    census.collect_whole()
    before = census.rows(RESPONSE)
    account.client(REGION).delete_api(ApiId=api_id)
    census.collect_whole()
    assert census.rows(RESPONSE) == []
    stored = versions(census, RESPONSE)
    assert as_printed(RESPONSE, stored) == before
    assert all(row["_valid_to"] is not None and not row["_current"] for row in stored)


def test_census_of_an_unchanged_account_writes_no_rows(census, account):
    account.create_everything()
    census.collect_whole()
    path = str(census.store / "aws" / "apigatewayv2_integrationresponse")
    files = sorted(DeltaTable(path).file_uris())
    census.collect_whole()
    assert sorted(DeltaTable(path).file_uris()) == files
