"""Whose account is collected, where, and through what: profiles, roles, regions, endpoints, credentials.

The accounts are the sandbox's: unlike moto, it checks signatures and keeps accounts apart.
"""

import datetime
import ipaddress
import json
import queue
import re
import signal
import ssl
import subprocess
import threading

import pytest
from binary import Census
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from endpoint import Endpoint

START_SECONDS = 60
PAYMENTS, SUPPORT = "111122223333", "444455556666"
READER = f"arn:aws:iam::{SUPPORT}:role/CensusReader"
PAYMENTS_KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIASANDBOXPAYMENTS1",
    "AWS_SECRET_ACCESS_KEY": "sandbox-payments-secret",
}
NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
API = ("--datasets", "apigatewayv2_api")

CREDENTIALS = """
[payments]
aws_access_key_id = AKIASANDBOXPAYMENTS1
aws_secret_access_key = sandbox-payments-secret
[support]
aws_access_key_id = AKIASANDBOXSUPPORTS1
aws_secret_access_key = sandbox-support-secret
[elsewhere]
aws_access_key_id = AKIASANDBOXPAYMENTS1
aws_secret_access_key = sandbox-payments-secret
[wrong]
aws_access_key_id = AKIASANDBOXPAYMENTS1
aws_secret_access_key = not-the-secret
[unknown]
aws_access_key_id = AKIANOSUCHKEY0000000
aws_secret_access_key = x
"""

CONFIG = """
[profile payments]
region = us-east-1
endpoint_url = {url}
[profile support]
region = eu-west-1
endpoint_url = {url}
[profile reader]
region = us-east-1
endpoint_url = {url}
source_profile = payments
role_arn = {role}
[profile process]
region = eu-west-1
endpoint_url = {url}
credential_process = {process}
[profile failing]
region = eu-west-1
endpoint_url = {url}
credential_process = sh -c "echo the token has run out >&2; exit 3"
[profile wrong]
region = us-east-1
endpoint_url = {url}
[profile unknown]
region = us-east-1
endpoint_url = {url}
[profile nowhere]
endpoint_url = {url}
[profile elsewhere]
region = us-west-2
endpoint_url = {url}
[profile guarded]
region = us-east-1
endpoint_url = {url}
source_profile = payments
role_arn = {role}Guarded
mfa_serial = arn:aws:iam::111122223333:mfa/me
"""


@pytest.fixture(scope="module")
def sandbox(binary, tmp_path_factory):
    """The address of the demo's sandbox."""
    folder = tmp_path_factory.mktemp("sandbox")
    process = subprocess.Popen(
        [str(binary), "--store", str(folder / "store"), "demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={"HOME": str(folder), "NO_COLOR": "1"},
    )
    announced: queue.Queue[str | None] = queue.Queue()

    def read_log() -> None:
        # To its end: a full pipe would stop the sandbox.
        for line in process.stderr:
            found = re.search(r"^AWS_ENDPOINT_URL=(\S+)", line)
            if found:
                announced.put(found.group(1))
        announced.put(None)

    threading.Thread(target=read_log, daemon=True).start()
    url = announced.get(timeout=START_SECONDS)
    assert url, "the demo ended without an invitation to its sandbox"
    yield url
    process.send_signal(signal.SIGINT)
    process.wait()


@pytest.fixture
def census(binary, sandbox, tmp_path) -> Census:
    """The binary with profiles for the sandbox, and neither keys, region nor endpoint in its environment."""
    census = Census(binary, tmp_path / "store", tmp_path / "home", sandbox)
    folder = tmp_path / "home" / ".aws"
    folder.mkdir()
    process = folder / "process"
    keys = {
        "Version": 1,
        "AccessKeyId": "AKIASANDBOXSUPPORTS1",
        "SecretAccessKey": "sandbox-support-secret",
    }
    process.write_text(f"#!/bin/sh\necho '{json.dumps(keys)}'\n")
    process.chmod(0o755)
    (folder / "credentials").write_text(CREDENTIALS)
    (folder / "config").write_text(CONFIG.format(url=sandbox, role=READER, process=process))
    for name in ("AWS_ENDPOINT_URL", "AWS_REGION", *PAYMENTS_KEYS):
        del census.environment[name]
    return census


def collected(census: Census, *arguments: str, **variables: str | None) -> set[tuple[str, str]]:
    """Accounts and regions of a run that must read everything."""
    run = census.run("collect", *API, *arguments, **variables)
    assert run.code == 0, run.stderr
    return scopes(census)


def scopes(census: Census) -> set[tuple[str, str]]:
    rows = census.query("SELECT account_id, region FROM census.coverage WHERE outcome = 'complete'")
    return {(row["account_id"], row["region"]) for row in rows}


def with_keys(sandbox: str, **variables: str | None) -> dict[str, str | None]:
    return {"AWS_ENDPOINT_URL": sandbox, "AWS_REGION": "us-east-1"} | PAYMENTS_KEYS | variables


@pytest.mark.parametrize(
    ("profile", "scope"),
    [
        ("payments", (PAYMENTS, "us-east-1")),
        ("reader", (SUPPORT, "us-east-1")),
        ("process", (SUPPORT, "eu-west-1")),
    ],
)
def test_a_profile_brings_credentials_region_and_endpoint(census, profile, scope):
    assert collected(census, "--profile", profile) == {scope}


def test_a_named_profile_is_preferred_to_keys_in_the_environment(census):
    assert collected(census, "--profile", "support", **PAYMENTS_KEYS) == {(SUPPORT, "eu-west-1")}


def test_several_profiles_are_several_accounts(census):
    found = collected(census, "--profile", "payments", "--profile", "support")
    assert found == {(PAYMENTS, "us-east-1"), (SUPPORT, "eu-west-1")}


def test_aws_profile_chooses_the_profile(census):
    assert collected(census, AWS_PROFILE="support") == {(SUPPORT, "eu-west-1")}


def test_a_role_is_assumed_by_a_profile(census):
    found = collected(census, "--profile", "payments", "--role-arn", READER)
    assert found == {(SUPPORT, "us-east-1")}


def test_roles_are_assumed_by_the_default_credentials(census, sandbox):
    own = READER.replace(SUPPORT, PAYMENTS)
    found = collected(census, "--role-arn", READER, "--role-arn", own, **with_keys(sandbox))
    assert found == {(SUPPORT, "us-east-1"), (PAYMENTS, "us-east-1")}


def test_the_region_is_the_configured_one(census, sandbox):
    # Like the SDKs and unlike boto3, AWS_REGION goes before AWS_DEFAULT_REGION, and both before the profile.
    variables = with_keys(sandbox, AWS_REGION=None, AWS_DEFAULT_REGION="us-west-2")
    assert collected(census, **variables) == {(PAYMENTS, "us-west-2")}
    both = variables | {"AWS_REGION": "eu-west-1"}
    assert (PAYMENTS, "eu-west-1") in collected(census, **both)
    assert collected(census, "--profile", "support", AWS_REGION="us-east-1") > {(SUPPORT, "us-east-1")}


def test_no_region_is_an_error_that_says_so(census):
    run = census.run("collect", "--profile", "nowhere", **PAYMENTS_KEYS)
    assert (run.code, run.sqlstate) == (1, "22023")
    assert run.message == 'no region is configured for the profile "nowhere"'
    assert "--regions" in run.line("HINT")


@pytest.mark.parametrize("arguments", [("--profile", "nosuch"), ()])
def test_an_unknown_profile_is_named_with_the_known_ones(census, arguments):
    run = census.run("collect", *arguments, AWS_PROFILE="nosuch")
    assert (run.code, run.sqlstate) == (1, "42704")
    assert run.message == 'profile "nosuch" does not exist'
    assert '"payments"' in run.line("HINT")


def test_the_endpoint_of_the_service_goes_before_the_general_one(census, sandbox, closed_port_url):
    own = {"AWS_ENDPOINT_URL_STS": sandbox, "AWS_ENDPOINT_URL_APIGATEWAYV2": sandbox}
    variables = with_keys(closed_port_url, **own)
    assert collected(census, **variables) == {(PAYMENTS, "us-east-1")}


def test_an_endpoint_that_cannot_be_reached_is_named_in_the_line_of_its_scope(
    census, sandbox, closed_port_url
):
    variables = with_keys(sandbox, AWS_ENDPOINT_URL_APIGATEWAYV2=closed_port_url)
    run = census.run("collect", *API, **variables)
    assert run.code == 3, run.stderr
    (row,) = census.coverage().values()
    assert row["outcome"] == "failed"
    assert row["error_message"].startswith(f'GetApis failed: "{closed_port_url}" cannot be reached')


def test_configured_endpoints_can_be_ignored(census, sandbox, closed_port_url):
    # The proxy is closed, so that nothing leaves this machine: the error names where the call went.
    ignoring = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "HTTPS_PROXY": closed_port_url}
    run = census.run("collect", *API, **with_keys(sandbox, **ignoring))
    assert (run.code, run.sqlstate) == (1, "08006")
    assert '"https://sts.us-east-1.amazonaws.com" cannot be reached' in run.message


@pytest.mark.parametrize("url", ["localhost:4566", "foo", "http://", "ftp://x", "http://u:secret@x"])
@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_APIGATEWAYV2"])
def test_an_endpoint_that_is_no_address_is_refused(census, sandbox, variable, url):
    run = census.run("collect", *API, **with_keys(sandbox, **{variable: url}))
    assert (run.code, run.sqlstate) == (1, "22023")
    assert "is not valid" in run.message
    assert "secret" not in run.stderr
    assert "http://localhost:4566" in run.line("HINT")


def test_the_host_of_an_endpoint_may_be_in_capitals(census, sandbox):
    shouted = sandbox.replace("127.0.0.1", "LOCALHOST")
    assert collected(census, **with_keys(shouted)) == {(PAYMENTS, "us-east-1")}


def test_this_machine_needs_no_proxy(census, sandbox, closed_port_url):
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = {name: closed_port_url for name in (*names, *map(str.lower, names))}
    assert collected(census, **with_keys(sandbox, **proxies)) == {(PAYMENTS, "us-east-1")}


@pytest.mark.parametrize(
    ("profile", "words", "hint"),
    [
        ("wrong", "signature we calculated does not match", "clock"),
        ("unknown", "security token included in the request is invalid", "deleted"),
        ("failing", "the token has run out", "log in again"),
    ],
)
def test_credentials_that_do_not_serve_are_an_error_with_a_hint(census, profile, words, hint):
    run = census.run("collect", *API, "--profile", profile)
    assert (run.code, run.sqlstate) == (1, "28000")
    assert words in run.message
    assert hint in run.line("HINT")


@pytest.mark.parametrize("arguments", [(), ("--role-arn", READER)])
def test_missing_credentials_say_where_they_were_looked_for(census, sandbox, arguments):
    variables = with_keys(sandbox) | NO_KEYS
    run = census.run("collect", *API, *arguments, **variables)
    assert (run.code, run.sqlstate) == (1, "28000")
    assert run.message == "no credentials were found in the default credential chain"
    assert "Environment" in run.line("DETAIL")
    assert "aws sso login" in run.line("HINT")


def test_a_role_that_may_not_be_assumed_says_who_must_allow_it(census):
    role = READER.replace("CensusReader", "NoSuchRole")
    run = census.run("collect", *API, "--profile", "payments", "--role-arn", role)
    assert (run.code, run.sqlstate) == (1, "28000")
    assert "is not authorized to perform: sts:AssumeRole" in run.message
    assert "trust" in run.line("HINT")


def test_a_role_that_is_none_is_refused_before_any_call(census, closed_port_url):
    run = census.run("collect", "--role-arn", "CensusReader", **with_keys(closed_port_url))
    assert (run.code, run.sqlstate) == (1, "22023")
    assert run.message == 'role ARN "CensusReader" is not valid'


def test_the_account_that_failed_is_told_in_one_error(census):
    run = census.run("collect", *API, "--profile", "payments", "--profile", "failing")
    assert run.code == 3, run.stderr
    assert scopes(census) == {(PAYMENTS, "us-east-1")}
    errors = [line for line in run.stderr.splitlines() if line.startswith("ERROR:")]
    assert len(errors) == 1
    assert 'the profile "failing"' in errors[0]


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_bundle_without_certificates_is_refused(census, sandbox, tmp_path, text):
    bundle = tmp_path / "bundle.pem"
    if text is not None:
        bundle.write_text(text)
    run = census.run("collect", *API, **with_keys(sandbox, AWS_CA_BUNDLE=str(bundle)))
    assert (run.code, run.sqlstate) == (1, "F0000")
    assert str(bundle) in run.message


def test_a_bundle_of_certificates_holds_for_lists_and_for_sts(census, sandbox, tmp_path):
    certificate, key = self_signed(tmp_path)
    with Endpoint(sandbox) as endpoint:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        endpoint._server.socket = context.wrap_socket(endpoint._server.socket, server_side=True)
        variables = with_keys(endpoint.url.replace("http:", "https:"))
        untrusted = census.run("collect", *API, **variables)
        assert (untrusted.code, untrusted.sqlstate) == (1, "08006")
        assert "certificate" in untrusted.message
        trusting = variables | {"AWS_CA_BUNDLE": str(certificate)}
        found = collected(census, "--role-arn", READER, **trusting)
    assert found == {(SUPPORT, "us-east-1")}


def self_signed(folder):
    """Paths of a certificate for 127.0.0.1 and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


def test_an_organization_is_all_its_accounts(census, sandbox):
    found = collected(census, "--organization", **with_keys(sandbox))
    assert found == {(PAYMENTS, "us-east-1"), (SUPPORT, "us-east-1")}


def test_organizational_units_choose_accounts(census, sandbox):
    arguments = ("--organization", "--exclude-ou", "ou-sand-production")
    assert collected(census, *arguments, **with_keys(sandbox)) == {(SUPPORT, "us-east-1")}


def test_the_configuration_can_ask_for_the_organization(census, sandbox):
    (census.store.parent / "home" / "census.toml").write_text(
        '[collect]\nregions = ["eu-*"]\n'
        '[collect.organization]\nrole = "CensusReader"\ninclude = ["ou-sand-workloads"]\n'
    )
    assert collected(census, **with_keys(sandbox)) == {
        (account, region) for account in (PAYMENTS, SUPPORT) for region in ("eu-central-1", "eu-west-1")
    }


def test_an_account_that_lets_nobody_in_is_covered_as_denied(census, sandbox):
    arguments = ("--organization", "--organization-role", "Nobody")
    run = census.run("collect", *API, *arguments, **with_keys(sandbox))
    assert run.code == 3, run.stderr
    rows = census.query("SELECT account_id, outcome, error_code FROM census.coverage ORDER BY 1")
    assert [(row["account_id"], row["outcome"]) for row in rows] == [
        (PAYMENTS, "complete"),
        (SUPPORT, "denied"),
    ]
    footer = census.run("query", "SELECT count(*) FROM aws.apigatewayv2_api").stderr
    assert f"INCOMPLETE: 1 of 2 scopes; {SUPPORT} us-east-1 aws.apigatewayv2_api denied" in footer
    (run,) = census.query("SELECT outcome FROM census.runs")
    assert run["outcome"] == "incomplete"


def test_profiles_of_one_account_are_read_in_the_regions_of_both(census):
    found = collected(census, "--profile", "payments", "--profile", "elsewhere")
    assert found == {(PAYMENTS, "us-east-1"), (PAYMENTS, "us-west-2")}


def test_a_profile_that_wants_a_code_says_so(census):
    run = census.run("collect", *API, "--profile", "guarded")
    assert (run.code, run.sqlstate) == (1, "28000"), run.stderr
    device = "arn:aws:iam::111122223333:mfa/me"
    assert run.message == f'profile "guarded" needs a code of the device "{device}" (mfa_serial)'
    assert "get-session-token" in run.line("HINT")


@pytest.mark.parametrize("regions", ["us-east-1,eu-wset-1", "us-east*,eu-wset-1", "all,eu-wset-1"])
def test_a_misspelt_region_beside_others_is_told_and_not_covered(census, sandbox, regions):
    run = census.run("collect", *API, "--regions", regions, **with_keys(sandbox))
    assert (run.code, run.sqlstate) == (3, "22023"), run.stderr
    assert run.message == 'region "eu-wset-1" does not exist'
    assert run.line("HINT") == 'Perhaps the region "eu-west-1".'
    assert (PAYMENTS, "us-east-1") in scopes(census)
    rows = census.query("SELECT region FROM census.coverage")
    assert "eu-wset-1" not in {row["region"] for row in rows}


def test_an_empty_unit_is_none(census, sandbox):
    run = census.run("collect", *API, "--organization", "--exclude-ou", "", **with_keys(sandbox))
    assert run.code == 1, run.stderr
    assert "--exclude-ou" in run.stderr


def test_a_census_is_not_thrown_away(census, sandbox):
    census.store = "memory:"
    run = census.run("collect", *API, **with_keys(sandbox))
    assert (run.code, run.sqlstate) == (1, "22023"), run.stderr


def test_one_cause_is_told_once_for_a_region(census, sandbox, closed_port_url):
    variables = with_keys(sandbox, AWS_ENDPOINT_URL_APIGATEWAYV2=closed_port_url)
    run = census.run("collect", **variables)
    assert run.code == 3, run.stderr
    told = [line for line in run.stderr.splitlines() if PAYMENTS in line]
    assert len(told) == 1, told
    start = f"13 datasets of {PAYMENTS} in us-east-1 failed: ConnectionFailure: "
    assert told[0].startswith(start), told


def events(run) -> list[dict]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_machines_are_told_which_accounts_failed(census):
    profiles = ("--profile", "payments", "--profile", "failing")
    run = census.run("collect", *API, *profiles, "--format", "json")
    *_, last = events(run)
    assert (run.code, last["event"], last["accounts_failed"]) == (3, "finished", 1)
    (failure,) = last["failures"]
    assert (failure["source"], failure["sqlstate"]) == ('the profile "failing"', "28000")


def test_machines_are_told_of_an_error(census):
    run = census.run("collect", *API, "--profile", "wrong", "--format", "json")
    *_, last = events(run)
    assert (run.code, last["event"], last["sqlstate"]) == (1, "failed", "28000")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_what_a_run_that_is_cut_short_never_read_is_not_complete(census, sandbox, number):
    with Endpoint(sandbox) as endpoint:
        endpoint.hold(lambda path: path == "/v2/vpclinks")
        process = census.start("collect", "--regions", "us-east-1", **with_keys(endpoint.url))
        assert endpoint.held.wait(START_SECONDS)
        process.send_signal(number)
        process.wait()
    rows = census.coverage()
    assert len(rows) == 13
    links = rows["us-east-1", "aws.apigatewayv2_vpclink"]
    assert (links["outcome"], links["complete"], links["data_as_of"]) == ("never", False, None)
    run = census.run("query", "SELECT count(*) FROM aws.apigatewayv2_vpclink")
    assert "INCOMPLETE" in run.stderr
