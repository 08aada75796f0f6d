"""`census forget`: what will never be read again leaves the answers, and its history stays."""

import shutil

import pytest

from expected_rows import RESPONSE

ACCOUNT = "111122223333"


@pytest.fixture
def copied(demo, census):
    """A store of one's own with the demo's accounts."""
    shutil.copytree(demo.store, census.store)
    return census


def test_an_account_is_forgotten_and_nothing_else(copied):
    others = f"SELECT count(*) AS n FROM {RESPONSE} WHERE account_id <> '{ACCOUNT}'"
    before = copied.query(others)
    mine = copied.query(f"SELECT count(*) AS n FROM {RESPONSE} WHERE account_id = '{ACCOUNT}'")
    run = copied.run("forget", "--account", ACCOUNT)
    assert run.code == 0, run.stderr
    assert f"rows of account {ACCOUNT} in" in run.stderr
    assert mine[0]["n"] > 0 and copied.query(others) == before
    left = copied.run("query", f"SELECT account_id FROM {RESPONSE} GROUP BY 1")
    assert ACCOUNT not in left.stdout and "\ncomplete: " in f"\n{left.stderr}"
    assert copied.query("SELECT DISTINCT account_id FROM census.coverage") == [{"account_id": "444455556666"}]
    # To ask for it is to ask for what nobody has looked at.
    asked = copied.run("query", f"SELECT count(*) FROM {RESPONSE} WHERE account_id = '{ACCOUNT}'")
    assert f"in account {ACCOUNT} was never collected" in asked.stderr


def test_a_region_is_forgotten_and_others_of_the_account_are_not(copied):
    regions = f"SELECT region FROM census.coverage WHERE account_id = '{ACCOUNT}' GROUP BY 1 ORDER BY 1"
    known = [row["region"] for row in copied.query(regions)]
    run = copied.run("forget", "--account", ACCOUNT, "--regions", known[0])
    assert run.code == 0, run.stderr
    assert [row["region"] for row in copied.query(regions)] == known[1:]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--account", "111122223334"], 'nothing is known of account "111122223334"'),
        (["--account", ACCOUNT, "--regions", "eu-wset-1"], 'nothing is known of region "eu-wset-1"'),
    ],
)
def test_what_is_not_known_cannot_be_forgotten(copied, arguments, message):
    before = copied.query("SELECT count(*) FROM census.coverage")
    run = copied.run("forget", *arguments)
    assert (run.code, run.sqlstate, run.message) == (1, "22023", message)
    assert run.line("HINT")
    assert copied.query("SELECT count(*) FROM census.coverage") == before
