"""The forms in which `census query` and `census directory` print what they know."""

import csv
import io
import json
import os
import subprocess

import pyarrow.parquet as parquet
import pytest

from expected_rows import COLUMNS, DATASETS, RESPONSE

REGION = "us-east-1"
SQL = f"SELECT * FROM {RESPONSE} ORDER BY _key"


@pytest.fixture
def collected(census, account):
    """The binary with a store that holds one API."""
    account.create_chat(REGION)
    census.collect_whole()
    return census


def test_ndjson_has_the_rows_of_json_one_a_line(collected):
    run = collected.run("query", "--format", "ndjson", SQL)
    assert [json.loads(line) for line in run.stdout.splitlines()] == collected.query(SQL)


def test_json_of_no_rows_is_an_empty_array(collected):
    assert collected.query(f"{SQL} LIMIT 0") == []


def test_json_keeps_types(collected):
    [row] = collected.query(
        "SELECT 1 AS n, 1.5::DECIMAL AS d, true AS b, NULL::VARCHAR AS z, ARRAY['a', 'b'] AS a, "
        "TIMESTAMP '2025-07-10 00:00:00-04:00' AS t, HSTORE '\"k, 1\"=>NULL' AS h"
    )
    moment = row.pop("t")
    assert moment.startswith("2025-07-10T04:00:00") and moment.endswith(("Z", "+00:00"))
    assert row == {"n": 1, "d": 1.5, "b": True, "z": None, "a": ["a", "b"], "h": {"k, 1": None}}


def test_csv_has_a_header_and_a_record_a_row(collected):
    run = collected.run("query", "--format", "csv", SQL)
    records = list(csv.DictReader(io.StringIO(run.stdout, newline="")))
    rows = collected.query(SQL)
    assert list(records[0]) == COLUMNS[RESPONSE]
    assert [record["_key"] for record in records] == [row["_key"] for row in rows]
    empty = [record for record in records if "[(4|5)" in record["tags"]]
    assert [record["response_parameters"] for record in empty] == [""]


def test_csv_prints_hstore_as_postgresql_does(collected):
    run = collected.run(
        "query", "--format", "csv", "SELECT HSTORE 'bb=>\"x, \\\"y\\\"\", a=>NULL' AS h"
    )
    [record] = csv.DictReader(io.StringIO(run.stdout, newline=""))
    assert record["h"] == '"a"=>NULL, "bb"=>"x, \\"y\\""'


def test_markdown_is_a_table_in_which_bars_are_escaped(collected):
    run = collected.run("query", "--format", "markdown", "SELECT 'a|b' AS x, 2 AS y")
    lines = run.stdout.splitlines()
    assert [cell.strip() for cell in lines[0].strip("|").split("|")] == ["x", "y"]
    assert set(lines[1]) <= set("|-: ")
    assert "a\\|b" in lines[2]


def test_table_shows_names_and_values(collected):
    run = collected.run("query", f"SELECT tags->'api_name' AS api, tags->'integration_response_key' AS key FROM {RESPONSE}")
    assert run.stdout.split()[:3] == ["api", "|", "key"]
    assert 'chat, "Zürich"' in run.stdout
    assert "\x1b[" not in run.stdout


def test_parquet_goes_to_the_file_and_holds_the_same_rows(collected, tmp_path):
    file = tmp_path / "rows.parquet"
    run = collected.run("query", "--format", "parquet", "--output", str(file), SQL)
    assert (run.code, run.stdout) == (0, "")
    maps = {"tags", "response_parameters", "response_templates"}
    rows = [
        {
            name: dict(value) if name in maps and value is not None else value
            for name, value in row.items()
        }
        for row in parquet.read_table(file).to_pylist()
    ]
    assert rows == collected.query(SQL)


def test_failed_statement_leaves_the_output_file_as_it_was(collected, tmp_path):
    file = tmp_path / "rows.json"
    file.write_text("kept")
    run = collected.run("query", "--format", "json", "--output", str(file), "SELECT nosuch FROM x")
    assert run.code == 1
    assert file.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".census")] == []


def test_output_that_cannot_be_written_is_the_users_to_fix(collected, tmp_path):
    file = tmp_path / "nosuchfolder" / "rows.json"
    run = collected.run("query", "--format", "json", "--output", str(file), "SELECT 1")
    assert run.code == 1
    assert str(file) in run.stderr


@pytest.mark.parametrize("file", ["/dev/null", "/dev/stdout"])
def test_device_stays_a_device(collected, file):
    before = os.lstat(file)
    assert collected.run("query", "--output", file, "SELECT 1").code == 0
    assert (os.lstat(file).st_ino, os.lstat(file).st_mode) == (before.st_ino, before.st_mode)


def test_link_stays_a_link_and_the_file_keeps_its_rights(collected, tmp_path):
    file, link = tmp_path / "file.csv", tmp_path / "link.csv"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    assert collected.run("query", "--format", "csv", "--output", str(link), "SELECT 1 AS n").code == 0
    assert link.is_symlink() and file.read_text() == "n\n1\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_full_device_is_the_users_to_fix(collected):
    run = collected.run("query", "--output", "/dev/full", "SELECT 1")
    assert (run.code, run.sqlstate, run.message) == (1, "53100", '"/dev/full" cannot be written')


def test_repeated_column_name_is_refused_where_a_reader_would_lose_it(collected):
    for form in ("json", "ndjson"):
        run = collected.run("query", "--format", form, "SELECT 1 AS a, 2 AS a")
        assert (run.code, run.sqlstate, run.stdout) == (1, "42701", ""), form
    assert collected.run("query", "--format", "csv", "SELECT 1 AS a, 2 AS a").stdout == "a,a\n1,2\n"


def test_parquet_holds_the_rows_of_one_statement(collected, tmp_path):
    file = tmp_path / "rows.parquet"
    arguments = ("query", "--format", "parquet", "--output", str(file))
    assert collected.run(*arguments, "SELECT 1; SELECT 2").code == 1
    assert not file.exists()
    assert collected.run(*arguments, "SET timezone = 'UTC'; SELECT 1").code == 0
    assert parquet.read_table(file).num_rows == 1


@pytest.mark.parametrize(
    "form, printed",
    [
        ("table", " n\n---\n(0 rows)\n\n"),
        ("json", "[]\n"),
        ("ndjson", ""),
        ("csv", "n\n"),
        ("markdown", "| n |\n| ---: |\n"),
    ],
)
def test_no_rows_still_have_their_columns(collected, form, printed):
    run = collected.run("query", "--format", form, "SELECT 1 AS n WHERE false")
    assert (run.code, run.stdout) == (0, printed)


def test_table_spells_what_would_move_the_cursor(collected):
    run = collected.run("query", "SELECT E'a\\tb\\n\\u001b[2J' AS \"x\ny\", repeat('w', 70000) AS w")
    lines = run.stdout.splitlines()
    assert run.code == 0, run.stderr
    assert lines[0].split()[0] == "x\\ny"
    assert "\x1b" not in run.stdout and "\\x1B[2J" in lines[3]
    assert "w" * 70000 in lines[2]


def test_mark_at_the_start_of_a_file_is_no_part_of_the_statement(collected):
    run = collected.run("query", "--format", "csv", stdin="\ufeffSELECT 1 AS n")
    assert (run.code, run.stdout) == (0, "n\n1\n")


@pytest.mark.parametrize("text", ["", " ;; ", "-- only\n/* comments */"])
def test_no_statement_at_all_is_an_error(collected, text):
    assert collected.run("query", stdin=text).sqlstate == "42601"


def test_long_statement_is_read_at_once(collected):
    values = ",".join(map(str, range(100_000)))
    run = collected.run("query", "--format", "csv", stdin=f"SELECT 1 AS n WHERE 7 IN ({values})")
    assert (run.code, run.stdout) == (0, "n\n1\n")


def test_answer_of_any_length_takes_the_same_memory(collected, tmp_path):
    source = " CROSS JOIN ".join(f"{RESPONSE} AS t{n}" for n in range(8))
    peaks = []
    for rows in (200_000, 2_000_000):
        with open(tmp_path / "rows", "wb") as out:
            process = subprocess.Popen(
                collected.command("query", "--format", "csv", f"SELECT t0._key FROM {source} LIMIT {rows}"),
                env=collected.environment,
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        peaks.append(usage.ru_maxrss)
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_statement_is_read_from_standard_input(collected):
    run = collected.run("query", "--format", "json", stdin="SELECT 1 AS one;\n")
    assert (run.code, json.loads(run.stdout)) == (0, [{"one": 1}])


def test_footer_is_on_stderr_and_says_how_complete_the_answer_is(collected):
    run = collected.run("query", "--format", "json", SQL)
    assert len(json.loads(run.stdout)) > 0
    assert "complete" in run.stderr


def test_incomplete_answer_is_an_error_where_completeness_is_required(
    collected, closed_port_url
):
    collected.collect(AWS_ENDPOINT_URL_APIGATEWAYV2=closed_port_url)
    assert len(collected.query(SQL)) > 0
    run = collected.run(
        "query", "--format", "json", f"SET census.require_complete = on; {SQL}"
    )
    assert (run.code, run.stdout.strip()) == (1, ""), run.stderr
    assert run.sqlstate is not None


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_directory_lists_all_datasets(census, form):
    run = census.run("directory", "--format", form)
    assert run.code == 0, run.stderr
    assert all(dataset in run.stdout for dataset in DATASETS)


def test_directory_lists_as_json_with_ids(census):
    listed = json.loads(census.run("directory", "--format", "json").stdout)
    assert set(DATASETS) <= {dataset["id"] for dataset in listed}


@pytest.mark.parametrize("dataset", DATASETS)
def test_page_of_a_dataset_describes_each_column(census, dataset):
    page = census.run("directory", dataset, "--format", "markdown").stdout
    assert dataset in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    named = [row.strip("|").split("|")[0].strip(" `") for row in rows]
    assert [name for name in named if name in COLUMNS[dataset]] == COLUMNS[dataset]


def test_page_of_an_unknown_dataset_names_the_nearest(census):
    run = census.run("directory", "aws.apigatewayv2_integrationrespons")
    assert (run.code, run.sqlstate) == (1, "42P01")
    assert RESPONSE in run.line("HINT")
