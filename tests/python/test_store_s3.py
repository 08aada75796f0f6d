"""A store in a bucket: moto's S3, reached as AWS's own tools are told to."""

import boto3
import pyarrow
import pytest
from botocore.exceptions import ClientError
from deltalake import DeltaTable, QueryBuilder

from binary import DEADLINE_SECONDS, Census
from endpoint import Reply
from expected_rows import RESPONSE

BUCKET = "lake"
STORE = f"s3://{BUCKET}/inventory/census"


@pytest.fixture
def s3(account, moto):
    """A client of S3 in an account that has one bucket, as empty as the account."""
    client = boto3.client(
        "s3",
        endpoint_url=moto.url,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    client.create_bucket(Bucket=BUCKET)
    return client


@pytest.fixture
def lake(binary, moto, tmp_path, s3) -> Census:
    """The binary with a store in the bucket, which is not there yet."""
    return Census(binary, STORE, tmp_path / "home", moto.url)


def stored(moto, table: str) -> list[dict]:
    """All versions in a table, as Python's `deltalake` reads them from the bucket."""
    options = {
        "AWS_ENDPOINT_URL": moto.url,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    delta = DeltaTable(f"{STORE}/{table}", storage_options=options)
    # pyarrow's own scan calls back into Python from its threads, which aborts an interpreter that ends.
    rows = QueryBuilder().register("t", delta).execute("SELECT * FROM t").read_all()
    return pyarrow.table(rows).to_pylist()


def keys(s3) -> list[str]:
    return [found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def test_answers_are_those_of_a_store_in_a_folder(lake, census, account):
    account.create_everything()
    lake.collect_whole()
    census.collect_whole()
    rows = lake.rows(RESPONSE)
    assert rows
    assert rows == census.rows(RESPONSE)


def test_second_census_sees_what_has_changed(lake, account):
    kept = account.create_chat("us-east-1")
    gone = account.create_chat("us-east-1")
    lake.collect_whole()
    before = lake.rows(RESPONSE)
    account.client("us-east-1").delete_api(ApiId=gone)
    new = account.create_chat("eu-west-1")
    lake.collect_whole()
    after = lake.rows(RESPONSE)
    assert {kept in row["_key"] or gone in row["_key"] for row in before} == {True}
    assert {kept in row["_key"] or new in row["_key"] for row in after} == {True}
    assert any(new in row["_key"] for row in after)


def test_each_census_is_one_run(lake, account):
    account.create_chat("us-east-1")
    lake.collect_whole()
    lake.collect_whole()
    runs = lake.query("SELECT outcome, accounts, regions FROM census.runs")
    [account_id] = {row["account_id"] for row in lake.rows(RESPONSE)}
    assert runs == [
        {"outcome": "complete", "accounts": [account_id], "regions": ["eu-west-1", "us-east-1"]}
    ] * 2


def test_store_keeps_below_its_prefix_and_stages_nothing(lake, s3, account):
    account.create_chat("us-east-1")
    s3.put_object(Bucket=BUCKET, Key="inventory/census-of-others.txt", Body=b"theirs")
    lake.collect_whole()
    found = [key for key in keys(s3) if key != "inventory/census-of-others.txt"]
    assert "inventory/census/census.json" in found
    assert all(key.startswith("inventory/census/") for key in found)
    assert not any("_staging" in key for key in found)


def test_whole_bucket_can_be_a_store(lake, account, s3):
    account.create_chat("us-east-1")
    lake.store = f"s3://{BUCKET}"
    lake.collect_whole()
    assert lake.rows(RESPONSE)
    assert "census.json" in keys(s3)


def test_endpoint_of_s3_alone_is_honoured(lake, moto, closed_port_url):
    run = lake.run("query", "SELECT 1", AWS_ENDPOINT_URL_S3=moto.url, AWS_ENDPOINT_URL=closed_port_url)
    assert (run.code, run.message) == (1, f'store "{STORE}" does not exist')


def test_bucket_with_other_things_is_not_taken_over(lake, s3):
    s3.put_object(Bucket=BUCKET, Key="inventory/census/thesis.txt", Body=b"mine")
    run = lake.collect()
    assert (run.code, run.sqlstate) == (1, "55000")
    assert run.message == f'"{STORE}" is not a Census store'


@pytest.mark.parametrize("command", ["collect", "query"])
def test_missing_bucket_is_named(lake, command):
    lake.store = "s3://nobody-made-this/census"
    run = lake.collect() if command == "collect" else lake.run("query", "SELECT 1")
    assert (run.code, run.sqlstate) == (1, "55000")
    assert run.message == 'the bucket of store "s3://nobody-made-this/census" does not exist'
    assert run.line("CAUSE") == "NoSuchBucket: The specified bucket does not exist"
    assert run.line("HINT") == "Create the bucket first, or name another one."


def test_unreachable_endpoint_is_named(lake, closed_port_url):
    run = lake.run("query", "SELECT 1", AWS_ENDPOINT_URL_S3=closed_port_url)
    assert (run.code, run.sqlstate) == (1, "08006")
    assert run.message == f'could not reach store "{STORE}"'
    assert closed_port_url in run.line("CAUSE")


def test_endpoint_that_is_no_url_is_named(lake):
    run = lake.run("query", "SELECT 1", AWS_ENDPOINT_URL_S3="localhost:5000")
    assert (run.code, run.sqlstate) == (1, "22023")
    assert run.message == (
        'invalid value for AWS_ENDPOINT_URL_S3: "localhost:5000" is no http or https URL'
    )


NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}


def test_missing_credentials_are_an_error_with_where_they_may_come_from(lake):
    run = lake.run("query", "SELECT 1", **NO_KEYS)
    assert (run.code, run.sqlstate) == (1, "28000")
    assert run.message.startswith(f'no AWS credentials for store "{STORE}": ')
    assert "AWS_ACCESS_KEY_ID" in run.line("HINT")


def test_profile_is_refused_and_not_passed_over(lake):
    run = lake.run("query", "SELECT 1", AWS_PROFILE="prod", **NO_KEYS)
    assert (run.code, run.sqlstate) == (1, "28000")
    assert run.message == (
        f'no AWS credentials for store "{STORE}": AWS_PROFILE names "prod", '
        "and profiles are not read"
    )
    assert "aws configure export-credentials" in run.line("HINT")


REFUSALS = [
    ("AccessDenied", "42501", f'permission denied for store "{STORE}"'),
    ("ExpiredToken", "28000", f'the AWS credentials for store "{STORE}" were refused'),
    ("InvalidAccessKeyId", "28000", f'the AWS credentials for store "{STORE}" were refused'),
]


@pytest.mark.parametrize("code, sqlstate, message", REFUSALS)
def test_refusal_is_told_by_its_code(lake, endpoint, code, sqlstate, message):
    answer = f"<Error><Code>{code}</Code><Message>not today</Message></Error>"
    status = 400 if code == "ExpiredToken" else 403
    endpoint.answer(lambda path: path.startswith(f"/{BUCKET}"), Reply(status, answer, "text/xml"))
    run = lake.run("query", "SELECT 1", AWS_ENDPOINT_URL_S3=endpoint.url)
    assert (run.code, run.sqlstate, run.message) == (1, sqlstate, message), run.stderr
    assert run.line("CAUSE") == f"{code}: not today"


def test_commits_are_put_only_if_absent(lake, account, s3):
    account.create_chat("us-east-1")
    lake.collect_whole()
    [first, *_] = [key for key in keys(s3) if "_delta_log" in key]
    # The emulator keeps the promise that commits rely on; that Census asks for it is tested in the crate.
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket=BUCKET, Key=first, Body=b"", IfNoneMatch="*")


def test_two_collections_at_once_leave_every_row_once(lake, account):
    account.create_everything()
    started = [lake.start(*lake.collect_arguments()) for _ in range(2)]
    assert [process.wait(DEADLINE_SECONDS) for process in started] == [0, 0]
    rows = lake.rows(RESPONSE)
    assert rows
    assert len({(row["account_id"], row["_key"]) for row in rows}) == len(rows)
    assert [row["outcome"] for row in lake.query("SELECT outcome FROM census.runs")] == ["complete"] * 2


def test_deltalake_reads_tables_after_a_checkpoint(lake, moto, account, s3):
    censuses = 11
    for _ in range(censuses):
        api_id = account.create_chat("us-east-1")
        lake.collect_whole()
        account.client("us-east-1").delete_api(ApiId=api_id)
    assert any("census/runs/_delta_log" in key and "checkpoint.parquet" in key for key in keys(s3))
    runs = [row for row in stored(moto, "census/runs") if row["_current"]]
    assert [row["outcome"] for row in runs] == ["complete"] * censuses
    rows = stored(moto, "aws/apigatewayv2_integrationresponse")
    present = [row["_key"] for row in rows if row["_current"]]
    assert sorted(present) == [row["_key"] for row in lake.rows(RESPONSE)]
    assert len(rows) == censuses * len(present)
    assert all((row["_valid_to"] is None) == row["_current"] for row in rows)
