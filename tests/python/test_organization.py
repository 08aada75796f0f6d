"""An organization in moto: its accounts are listed, each is entered by its role, units choose among them."""

import json

import boto3
import pytest

from account import ACCOUNT_ID
from binary import Census

REGION = "us-east-1"
API = ("--regions", REGION, "--datasets", "apigatewayv2_api")
ROLE = "CensusReader"


class Members:
    """The organization of the testing account: its member accounts with an API each, and its units."""

    def __init__(self, url: str):
        self._url = url
        self._organizations = self._client("organizations")
        self._organizations.create_organization(FeatureSet="ALL")
        self.root = self._organizations.list_roots()["Roots"][0]["Id"]
        self.accounts: dict[str, str] = {}

    def _client(self, service: str, **keys: str):
        own = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        return boto3.client(
            service, region_name=REGION, endpoint_url=self._url, **(keys or own)
        )

    def add_unit(self, name: str, parent: str) -> str:
        made = self._organizations.create_organizational_unit(ParentId=parent, Name=name)
        return made["OrganizationalUnit"]["Id"]

    def add_account(self, name: str, unit: str) -> str:
        """An account below a unit, with an API of its name; returns its id."""
        made = self._organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        account_id = made["CreateAccountStatus"]["AccountId"]
        self._organizations.move_account(
            AccountId=account_id, SourceParentId=self.root, DestinationParentId=unit
        )
        self.gateway(account_id).create_api(Name=name, ProtocolType="HTTP")
        self.accounts[name] = account_id
        return account_id

    def close_account(self, account_id: str) -> None:
        self._organizations.close_account(AccountId=account_id)

    def gateway(self, account_id: str):
        """A client of API Gateway in an account, through a role of it."""
        role = self._client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{account_id}:role/{ROLE}", RoleSessionName="test"
        )["Credentials"]
        return self._client(
            "apigatewayv2",
            aws_access_key_id=role["AccessKeyId"],
            aws_secret_access_key=role["SecretAccessKey"],
            aws_session_token=role["SessionToken"],
        )


@pytest.fixture
def members(moto, account) -> Members:
    """Workloads with a unit below it, and a unit beside it; an API in every account, the asking one included."""
    members = Members(moto.url)
    workloads = members.add_unit("workloads", members.root)
    staging = members.add_unit("staging", workloads)
    sandbox = members.add_unit("sandbox", members.root)
    members.units = {"workloads": workloads, "staging": staging, "sandbox": sandbox}
    members.add_account("shop", workloads)
    members.add_account("trial", staging)
    members.add_account("play", sandbox)
    account.client(REGION).create_api(Name="management", ProtocolType="HTTP")
    return members


def collected(census: Census, *arguments: str) -> dict[str, str]:
    """Which API was found in which account, by a run that must read everything."""
    run = census.run("collect", *API, "--organization", *arguments)
    assert run.code == 0, run.stderr
    rows = census.query("SELECT name, account_id FROM aws.apigatewayv2_api")
    return {row["name"]: row["account_id"] for row in rows}


def test_every_account_is_read_as_itself(census, members):
    assert collected(census) == members.accounts | {"management": ACCOUNT_ID}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((("--include-ou", "workloads"),), {"shop", "trial"}),
        ((("--include-ou", "staging"), ("--include-ou", "sandbox")), {"trial", "play"}),
        ((("--exclude-ou", "workloads"),), {"play", "management"}),
        ((("--include-ou", "workloads"), ("--exclude-ou", "staging")), {"shop"}),
    ],
)
def test_units_choose_accounts_with_all_below_them(census, members, options, names):
    arguments = [word for option, unit in options for word in (option, members.units[unit])]
    found = collected(census, *arguments)
    assert set(found) == names
    assert all(found[name] == members.accounts.get(name, ACCOUNT_ID) for name in names)


def test_an_unknown_unit_is_the_users_to_fix(census, members):
    run = census.run("collect", *API, "--organization", "--include-ou", "ou-none-none0000")
    assert (run.code, run.sqlstate) == (1, "22023"), run.stderr
    assert "ou-a1b2-c3d4e5f6" in run.line("HINT")


def test_an_unknown_unit_that_is_left_out_is_too(census, members):
    run = census.run("collect", *API, "--organization", "--exclude-ou", "ou-none-none0000")
    assert (run.code, run.sqlstate) == (1, "22023"), run.stderr


def test_an_account_that_was_closed_keeps_its_rows_and_is_not_complete(census, members):
    before = collected(census)
    closed = members.accounts["play"]
    members.close_account(closed)
    run = census.run("collect", *API, "--organization")
    assert run.code == 3, run.stderr
    assert f"{closed} {REGION} aws.apigatewayv2_api denied: AccountSuspended" in run.stderr
    rows = census.query("SELECT name, account_id FROM aws.apigatewayv2_api")
    assert {row["name"]: row["account_id"] for row in rows} == before
    covered = census.query(
        f"SELECT outcome, complete FROM census.coverage WHERE account_id = '{closed}'"
    )
    assert covered == [{"outcome": "denied", "complete": False}]


def test_an_organization_without_accounts_is_no_complete_census(census, account):
    # AWS refuses to list what is no organization; moto lists nothing, which must not count as read.
    run = census.run("collect", *API, "--organization")
    assert (run.code, run.sqlstate) == (1, "22023"), run.stderr
    assert run.message == "no active account was found in the organization of the default credential chain"


def test_units_that_leave_no_account_are_told(census, members):
    units = ("--include-ou", members.units["sandbox"], "--exclude-ou", members.units["sandbox"])
    run = census.run("collect", *API, "--organization", *units)
    assert (run.code, run.sqlstate) == (1, "22023"), run.stderr
    assert "--include-ou" in run.line("HINT")


def test_the_plan_counts_what_finds_the_accounts(census, members):
    run = census.run("plan", *API, "--organization")
    assert run.code == 0, run.stderr
    assert "calls that find accounts and regions: 1 of organizations, 4 of sts" in run.stderr
    _, _, policy = run.stdout.partition("{")
    statements = {each["Sid"]: each for each in json.loads("{" + policy)["Statement"]}
    assert statements["CallerListsAccounts"]["Action"] == ["organizations:ListAccounts"]
    assert statements["CallerAssumesRoles"]["Resource"] == [f"arn:aws:iam::*:role/{ROLE}"]
