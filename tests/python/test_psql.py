"""psql against `census serve`: what its meta-commands list, its caret, its notices."""

import os
import shutil
import subprocess

import pytest

TABLE = "apigatewayv2_integrationresponse"


@pytest.fixture(scope="module")
def psql(served):
    if not shutil.which("psql"):
        pytest.skip("psql is missing: install postgresql-client")

    def run(*commands: str) -> subprocess.CompletedProcess:
        arguments = [part for command in commands for part in ("-c", command)]
        return subprocess.run(
            ["psql", "-X", "-A", "-t", "-F", "|", served.address, *arguments],
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
            timeout=60,
        )

    return run


def lines(run: subprocess.CompletedProcess) -> list[str]:
    assert run.returncode == 0 and "ERROR" not in run.stderr, run.stderr
    return run.stdout.splitlines()


def test_databases_schemas_and_users_are_listed(psql):
    assert lines(psql("\\l"))[0].startswith("census|census|UTF8|")
    assert [line.split("|")[0] for line in lines(psql("\\dn"))] == ["aws", "census", "public"]
    assert [line.split("|")[0] for line in lines(psql("\\du"))] == ["anna", "census"]
    assert lines(psql("\\dx"))[0].startswith("hstore|1.8|public|")


def test_tables_are_listed_with_descriptions(psql):
    assert f"aws|{TABLE}|table|census" in lines(psql("\\dt aws.*"))
    assert "census|coverage|table|census" in lines(psql("\\dt"))
    assert lines(psql("\\dv aws.*")) == []
    assert any(line.startswith(f"aws|{TABLE}|table|") for line in lines(psql("\\dt+ aws.*")))


def test_table_is_described_with_its_columns(psql):
    described = lines(psql(f"\\d aws.{TABLE}"))
    assert "tags|hstore|||" in described
    assert "account_id|text||not null|" in described
    detailed = lines(psql(f"\\d+ aws.{TABLE}"))
    (tags,) = [line for line in detailed if line.startswith("response_parameters|hstore|")]
    assert len(tags.split("|")[-1]) > 10


def test_functions_and_types_are_listed(psql):
    assert "pg_catalog|exist|boolean|hstore, text|func" in lines(psql("\\df exist"))
    assert lines(psql("\\dT+ hstore"))[0].startswith("public|hstore|hstore|var|")


@pytest.mark.parametrize(
    "command",
    ["\\di", "\\dm", "\\ds", "\\dE", "\\dp", "\\ddp", "\\db", "\\dC", "\\dc", "\\dD", "\\dF", "\\dL", "\\dO", "\\do",
     "\\dd", "\\dew", "\\dRp", "\\dRs", "\\dy", "\\drds", "\\dconfig", "\\dg", "\\l+", "\\dn+", "\\df+ exist",
     "\\dS pg_class", "\\da", "\\dAc", "\\dAf", "\\dAo", "\\dX", "\\des", "\\det", "\\deu"],
)
def test_every_list_is_answered(psql, command):
    run = psql(command)
    assert run.returncode == 0 and "ERROR" not in run.stderr, run.stderr


def test_caret_stands_below_the_fault(psql):
    run = psql("SELECT 'ü', nope")
    assert run.stderr.splitlines()[1:] == ["LINE 1: SELECT 'ü', nope", "                    ^"]


def test_completeness_is_a_notice(psql):
    run = psql(f"SELECT count(*) FROM aws.{TABLE}", "SELECT 1")
    assert run.stdout.splitlines()[1] == "1"
    assert run.stderr.count("scopes") == 1


def test_copy_writes_csv(psql):
    run = psql("\\copy (SELECT 1 AS a, 'x,y' AS b) TO STDOUT WITH CSV HEADER")
    assert run.stdout == 'a,b\n1,"x,y"\n'
