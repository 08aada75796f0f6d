"""`census serve --collect-every`: a census at once and then again, with metrics, until it is asked to stop."""

import re
import shutil
import signal
import subprocess
import threading
import urllib.request
from queue import Empty, Queue

import psycopg
import pytest

from binary import DATASETS, DEADLINE_SECONDS
from endpoint import Reply

REGION = "us-east-1"
DENIED = Reply(
    403,
    '{"message": "User: arn:aws:iam::123456789012:user/x is not authorized"}',
    error_type="AccessDeniedException",
)


class Serving:
    """A running `census serve`; its stderr is read line by line."""

    def __init__(self, census, *arguments: str, **variables: str):
        environment = {
            name: value for name, value in (census.environment | variables).items() if value
        }
        self._process = subprocess.Popen(
            census.command("serve", *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=census.environment["HOME"],
        )
        self._lines: Queue[str | None] = Queue()
        self.told: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._process.stderr:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def line(self, pattern: str) -> re.Match:
        """The next line that the pattern matches."""
        while True:
            try:
                line = self._lines.get(timeout=DEADLINE_SECONDS)
            except Empty:
                line = None
            assert line is not None, f"no line matches {pattern}: {self.told}"
            self.told.append(line)
            if found := re.search(pattern, line):
                return found

    def url(self) -> str:
        return self.line(r"^census ready: .*http (http://\S+?)(,|$)").group(1)

    def stop(self, request=signal.SIGTERM) -> int:
        self._process.send_signal(request)
        return self._process.wait(timeout=DEADLINE_SECONDS)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def serve(census):
    """Starts the server; whatever still runs at the end is killed."""
    running = []

    def start(*arguments: str, **variables: str) -> Serving:
        running.append(Serving(census, *arguments, **variables))
        return running[-1]

    yield start
    for each in running:
        each.kill()


def collecting(every: str, *arguments: str) -> tuple[str, ...]:
    selection = ("--regions", REGION, "--datasets", DATASETS)
    return ("--collect-every", every, *selection, *arguments)


def metrics(url: str) -> dict[str, float]:
    """Each series with its value."""
    with urllib.request.urlopen(f"{url}/metrics") as answer:
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        text = answer.read().decode()
    assert text.endswith("# EOF\n")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def scope(dataset: str) -> str:
    return f'{{account_id="123456789012",region="{REGION}",dataset="{dataset}"}}'


def test_a_census_is_taken_at_once_and_its_numbers_are_told(serve, census, account):
    account.create_everything()
    server = serve(*collecting("1h", "--http", "127.0.0.1:0"))
    url = server.url()
    server.line(r"^8 scopes \(8 complete\), \d+ rows")
    server.line(r"^next census at 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    told = metrics(url)
    calls = census.query("SELECT sum(calls) AS calls FROM census.coverage")[0]["calls"]
    assert told['census_requests_total{service="apigateway"}'] == calls
    assert told['census_requests_total{service="sts"}'] == 1
    assert told['census_runs_total{outcome="complete"}'] == 1
    assert told["census_runs_in_progress"] == 0
    assert told["census_run_duration_seconds_count"] == 1
    assert told["census_run_next_timestamp_seconds"] > told["census_run_ended_timestamp_seconds"]
    api = "aws.apigatewayv2_api"
    rows = len(account.apis(REGION))
    assert told[f'census_rows_read_total{{dataset="{api}"}}'] == rows
    assert told[f"census_scope_rows{scope(api)}"] == rows
    assert told[f"census_scope_complete{scope(api)}"] == 1
    assert 0 <= told[f"census_scope_age_seconds{scope(api)}"] < DEADLINE_SECONDS
    with urllib.request.urlopen(f"{url}/healthz") as answer:
        assert answer.read() == b"ok\n"
    assert server.stop() == 0


def test_the_next_census_finds_what_has_changed(serve, census, account):
    server = serve(*collecting("1s"))
    server.line(r"^census ready: a census every 1s$")
    server.line(r"^8 scopes \(8 complete\), 0 rows")
    server.line(r"^next census at ")
    account.create_empty(REGION)
    server.line(r"\(1 created")
    assert server.stop(signal.SIGINT) == 0
    assert [row["name"] for row in census.rows("aws.apigatewayv2_api")] == ["empty"]


def test_a_census_that_fails_is_a_line_and_a_metric_and_not_the_end(serve, census, closed_port_url):
    arguments = collecting("1s", "--http", "127.0.0.1:0")
    server = serve(*arguments, AWS_ENDPOINT_URL=closed_port_url)
    url = server.url()
    for _ in range(2):
        server.line(r"^ERROR:  08006: ")
        server.line(r"^next census at ")
    assert metrics(url)['census_runs_total{outcome="failed"}'] >= 2
    assert server.stop() == 0


def test_a_scope_that_cannot_be_read_grows_old(serve, census, account, endpoint):
    account.create_everything()
    census.collect_whole(REGION)
    endpoint.answer(lambda path: path.endswith("/routes"), DENIED)
    arguments = collecting("2s", "--http", "127.0.0.1:0")
    server = serve(*arguments, AWS_ENDPOINT_URL=endpoint.url)
    url = server.url()
    server.line(r"^123456789012 us-east-1 aws\.apigatewayv2_route denied: AccessDenied")
    server.line(r"^next census at ")
    told = metrics(url)
    route, api = scope("aws.apigatewayv2_route"), scope("aws.apigatewayv2_api")
    assert told[f"census_scope_complete{route}"] == 0
    assert told[f"census_scope_age_seconds{route}"] > told[f"census_scope_age_seconds{api}"]
    assert told['census_scopes{outcome="denied"}'] == 1
    assert told['census_runs_total{outcome="incomplete"}'] >= 1
    assert server.stop() == 0


def test_what_is_fresh_is_not_read_again_by_a_server_that_starts(serve, census, account):
    account.create_everything()
    census.collect_whole(REGION)
    server = serve(*collecting("1h"))
    server.line(r"^0 scopes \(none to read\), 8 left out as fresh, .* 0 calls")
    assert server.stop() == 0


@pytest.mark.parametrize("request_to_stop", [signal.SIGTERM, signal.SIGINT])
def test_a_census_that_is_stopped_leaves_no_half_scope(
    serve, census, account, endpoint, request_to_stop
):
    account.create_everything()
    endpoint.hold(lambda path: path.endswith("/stages"))
    server = serve(*collecting("1h"), AWS_ENDPOINT_URL=endpoint.url)
    assert endpoint.held.wait(DEADLINE_SECONDS)
    assert server.stop(request_to_stop) == 0
    server.line(r"^ERROR:  57014: the census was interrupted$")
    assert census.rows("aws.apigatewayv2_stage") == []
    covered = census.query("SELECT dataset FROM census.coverage WHERE outcome = 'complete'")
    assert "aws.apigatewayv2_stage" not in [row["dataset"] for row in covered]
    endpoint.release()
    again = serve(*collecting("1h"), AWS_ENDPOINT_URL=endpoint.url)
    again.line(r"scopes \(\d complete\)")
    again.line(r"^next census at ")
    assert again.stop() == 0
    assert len(census.rows("aws.apigatewayv2_stage")) == len(
        [stage for api in account.apis(REGION) for stage in account.stages(REGION, api["ApiId"])]
    )


def test_the_configuration_can_ask_for_it_all(serve, census, account):
    (census.store.parent / "home" / "census.toml").write_text(
        f'[collect]\nregions = ["{REGION}"]\ndatasets = ["apigatewayv2_api"]\n'
        '[serve]\nhttp = "127.0.0.1:0"\ncollect_every = "1h"\n'
    )
    server = serve()
    url = server.url()
    server.line(r"^1 scope \(1 complete\)")
    server.line(r"^next census at ")
    assert metrics(url)['census_runs_total{outcome="complete"}'] == 1
    assert server.stop() == 0


def test_postgres_clients_are_served_beside_the_schedule(serve, census, account):
    account.create_everything()
    server = serve(*collecting("1h", "--pg", "127.0.0.1:0"))
    ready = r"^census ready: postgres 127\.0\.0\.1:(\d+), a census every 1h$"
    port = server.line(ready).group(1)
    server.line(r"^next census at ")
    address = f"host=127.0.0.1 port={port} user=census dbname=census"
    with psycopg.connect(address) as connection:
        counted = connection.execute("SELECT count(*) FROM aws.apigatewayv2_api").fetchone()
    assert counted == (len(account.apis(REGION)),)
    assert server.stop() == 0


def test_metrics_alone_tell_of_the_censuses_of_others(serve, census, account):
    census.collect_whole(REGION)
    server = serve("--http", "127.0.0.1:0")
    url = server.url()
    assert metrics(url)['census_scopes{outcome="complete"}'] == 8
    census.collect_whole("eu-west-1")
    assert metrics(url)['census_scopes{outcome="complete"}'] == 16
    assert server.stop() == 0


def test_a_store_that_has_gone_is_a_metric(serve, census, account):
    census.collect_whole(REGION)
    server = serve("--http", "127.0.0.1:0")
    url = server.url()
    assert metrics(url)["census_store_readable"] == 1
    shutil.rmtree(census.store)
    told = metrics(url)
    assert told["census_store_readable"] == 0
    assert not any(name.startswith("census_scope_complete") for name in told)
    assert server.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--http", "0.0.0.0:0"), "22023", 'HTTP address "0.0.0.0:0" is not on loopback'),
        (("--http", "127.0.0.1:0", "--regions", "all"), "22023", "but not how often"),
        (("--collect-every", "1h", "--regions", "EU West"), "22023", "invalid region name"),
        (("--collect-every", "1h", "--datasets", "apo"), "42P01", "apo"),
        (("--collect-every", "0s"), None, "is not between a second and a year"),
        (("--collect-every", "often"), None, '"often" is no interval such as 1h or 30min'),
    ],
)
def test_what_cannot_be_served_is_refused_at_once(census, arguments, code, words):
    census.run("collect", "--datasets", "apigatewayv2_api")
    run = census.run("serve", *arguments)
    assert (run.code, run.sqlstate) == (1, code), run.stderr
    assert words in run.stderr


def test_an_address_that_is_taken_is_named(serve, census, account):
    census.collect_whole(REGION)
    url = serve("--http", "127.0.0.1:0").url()
    address = url.removeprefix("http://")
    run = census.run("serve", "--http", address)
    assert run.code == 1, run.stderr
    assert run.message == f'could not listen for HTTP on "{address}"'
