"""The prompt of `census query` and the bar of `census collect`, on a terminal."""

import re
import signal

import pytest

from binary import Census
from expected_rows import RESPONSE
from terminal import Terminal

LOTS = f"SELECT a.* FROM {RESPONSE} a" + "".join(f", {RESPONSE} t{n}" for n in range(6)) + ";"


@pytest.fixture
def prompt(demo):
    with _on_terminal(demo, "query") as terminal:
        terminal.wait_for_prompt()
        yield terminal


def _on_terminal(census: Census, *arguments: str, **variables: str) -> Terminal:
    environment = census.environment | {"NO_COLOR": ""} | variables
    return Terminal(census.command(*arguments), environment, census.environment["HOME"])


def _answer(terminal: Terminal, line: str) -> list[str]:
    """The lines that a line's answer leaves on a screen that was empty before it."""
    terminal.type("\x0c")
    terminal.wait_for(lambda lines: lines == ["census=>"])
    terminal.enter(line)
    terminal.wait_for(lambda lines: len(lines) > 1)
    return terminal.wait_for_prompt()[1:-1]


def test_statement_of_several_lines_ends_with_its_semicolon(prompt):
    prompt.enter("SELECT 1 AS one,")
    prompt.wait_for(lambda lines: lines[-1] == "census->")
    prompt.enter("2 AS two; -- done")
    lines = prompt.wait_for_prompt()
    assert " one | two" in lines
    assert "   1 |   2" in lines


@pytest.mark.parametrize("open_text", ["SELECT 'a;", "SELECT 1 -- a;", "/* a;", "SELECT $$a;"])
def test_semicolon_in_a_quote_or_comment_ends_nothing(prompt, open_text):
    prompt.enter(open_text)
    assert prompt.wait_for(lambda lines: lines[-1] == "census->")


def test_failed_statement_shows_its_place_and_the_prompt_returns(prompt):
    lines = _answer(prompt, f"SELECT regoin FROM {RESPONSE};")
    assert lines[:3] == [
        'ERROR:  42703: column "regoin" does not exist',
        f"LINE 1: SELECT regoin FROM {RESPONSE}",
        "               ^",
    ]
    assert lines[3].startswith('HINT:  Perhaps the tag "region"')


def test_tab_completes_a_dataset(prompt):
    prompt.type("SELECT * FROM aws.apigatewayv2_integrationr\t")
    prompt.wait_for(lambda lines: lines[-1].endswith("aws.apigatewayv2_integrationresponse"))


def test_tab_offers_what_fits(prompt):
    prompt.type("SELECT api_\t")
    lines = prompt.wait_for(lambda lines: len(lines) > 4)
    assert any("api_endpoint" in line and "column" in line for line in lines)


def test_history_brings_the_last_statement_back(prompt):
    _answer(prompt, "SELECT 42 AS answer;")
    prompt.type("\x1b[A")
    prompt.wait_for(lambda lines: lines[-1] == "census=> SELECT 42 AS answer;")


def test_ctrl_c_drops_what_is_typed(prompt):
    prompt.type("SELECT nonsense")
    prompt.wait_for(lambda lines: lines[-1].endswith("nonsense"))
    prompt.type("\x03")
    prompt.wait_for_prompt()
    assert _answer(prompt, "SELECT 1 AS one;")[0] == " one"


def test_ctrl_c_ends_a_statement_that_prints_without_end(prompt):
    prompt.enter(LOTS)
    prompt.wait_for(lambda lines: any("arn:aws:apigateway" in line for line in lines))
    prompt.interrupt()
    lines = prompt.wait_for_prompt()
    assert "ERROR:  57014: canceling statement due to user request" in lines
    assert _answer(prompt, "SELECT 1 AS one;")[0] == " one"


def test_sigterm_ends_the_prompt_also_after_a_statement(prompt):
    _answer(prompt, "SELECT 1 AS one;")
    prompt.process.send_signal(signal.SIGTERM)
    assert prompt.wait_for_end() == -signal.SIGTERM


@pytest.mark.parametrize("word", ["\\q", "quit", "exit;"])
def test_prompt_is_left_by(prompt, word):
    prompt.enter(word)
    assert prompt.wait_for_end() == 0


def test_end_of_input_leaves_the_prompt(prompt):
    prompt.type("\x04")
    assert prompt.wait_for_end() == 0


def test_d_lists_datasets_and_their_columns(prompt):
    assert "aws    | apigatewayv2_integrationresponse" in "\n".join(_answer(prompt, "\\d"))
    for name in (RESPONSE, RESPONSE.upper(), "apigatewayv2_integrationresponse"):
        lines = _answer(prompt, f"\\d {name}")
        assert "response_parameters           | hstore" in "\n".join(lines), name
    assert "warnings                     | text[]" in "\n".join(_answer(prompt, "\\d aws.apigatewayv2_api"))
    assert "complete      | boolean" in "\n".join(_answer(prompt, "\\d census.coverage"))


def test_d_of_an_unknown_name_is_an_error(prompt):
    assert '42P01: relation "nosuch" does not exist' in _answer(prompt, "\\d nosuch")[0]


def test_df_names_a_function_and_its_form(prompt):
    assert "akeys(hstore) → text[]" in "\n".join(_answer(prompt, "\\df akeys"))
    assert '42883: function "nosuch" does not exist' in _answer(prompt, "\\df nosuch")[0]


def test_x_puts_each_column_on_its_line(prompt):
    assert _answer(prompt, "\\x") == ["Expanded display is on."]
    lines = _answer(prompt, "SELECT 1 AS one, E'a\\nb' AS two;")
    assert lines[0].startswith("-[ RECORD 1 ]")
    assert lines[1:4] == ["one | 1", "two | a", "    | b"]


def test_timing_tells_how_long_a_statement_took(prompt):
    assert _answer(prompt, "\\timing") == ["Timing is on."]
    assert re.fullmatch(r"Time: \d+\.\d{3} ms", _answer(prompt, "SELECT 1;")[-1])


def test_question_mark_shows_the_commands(prompt):
    text = "\n".join(_answer(prompt, "\\?"))
    assert all(command in text for command in ("\\d", "\\dt", "\\df", "\\timing", "\\x", "\\q"))


def test_unknown_meta_command_points_to_the_help(prompt):
    lines = _answer(prompt, "\\nosuch")
    assert lines == ['ERROR:  42601: invalid command "\\nosuch"', "HINT:  \\? shows the commands."]


@pytest.mark.parametrize("value, is_coloured", [("", True), ("1", False)])
def test_no_color_is_obeyed(demo, value, is_coloured):
    with _on_terminal(demo, "query", NO_COLOR=value) as terminal:
        terminal.wait_for_prompt()
        assert (re.search(rb"\x1b\[[0-9;]*[1-9][0-9;]*m", terminal.raw) is not None) == is_coloured


def test_parquet_is_not_written_to_a_terminal(demo):
    with _on_terminal(demo, "query", "--format", "parquet", "SELECT 1") as terminal:
        assert terminal.wait_for_end() == 1
        assert any("--output FILE" in line for line in terminal.lines())


def test_bar_shows_progress_and_leaves_only_the_summary(census, account, endpoint):
    account.create_chat("us-east-1")
    endpoint.hold(lambda path: path.endswith("/integrationresponses"))
    with _on_terminal(
        census, *census.collect_arguments("us-east-1"), AWS_ENDPOINT_URL=endpoint.url
    ) as terminal:
        terminal.wait_for(lambda lines: any(re.search(r"7/8 scopes \[=", line) for line in lines))
        endpoint.release()
        assert terminal.wait_for_end() == 0
        [summary] = terminal.lines()
        assert summary.startswith("8 scopes (8 complete), ")


def test_no_bar_is_drawn_where_stderr_is_no_terminal(census, account):
    account.create_chat("us-east-1")
    run = census.collect("us-east-1")
    assert "\x1b" not in run.stderr and "\r" not in run.stderr
    assert len(run.stderr.splitlines()) == 1
