"""`census serve`: how it starts and stops, who may log in, and what hostile clients get."""

import contextlib
import os
import socket
import struct
import subprocess
import time

import psycopg
import pytest

from binary import DEADLINE_SECONDS
from wire import Served

PASSWORD = "correct horse battery"


def serve(binary, store, folder, *arguments) -> subprocess.CompletedProcess:
    """Runs `census serve` where it must refuse to."""
    return subprocess.run(
        [str(binary), "--store", str(store), "serve", *arguments],
        capture_output=True, text=True, cwd=folder, timeout=DEADLINE_SECONDS, stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def secured(binary, sandbox_store, tmp_path_factory):
    """A server with a certificate and one user."""
    folder = tmp_path_factory.mktemp("secured")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "key.pem",
         "-out", "certificate.pem", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )
    hashed = subprocess.run(
        [str(binary), "serve", "--hash-password"], input=PASSWORD + "\n", capture_output=True, text=True, check=True,
        cwd=folder,
    ).stdout.strip()
    assert hashed.startswith("SCRAM-SHA-256$4096:") and PASSWORD not in hashed
    (folder / "census.toml").write_text(
        f'[serve]\ntls_certificate = "certificate.pem"\ntls_key = "key.pem"\n[serve.users]\nanna = "{hashed}"\n'
    )
    served = Served.start(binary, sandbox_store, folder)
    yield served, folder
    assert served.stop() == 0


def test_user_logs_in_over_tls_with_a_password(secured):
    served, folder = secured
    with psycopg.connect(
        served.address, password=PASSWORD, sslmode="verify-full", sslrootcert=str(folder / "certificate.pem")
    ) as connection:
        assert connection.pgconn.ssl_in_use
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_password_is_bound_to_the_channel_for_whom_asks_for_that(secured):
    served, _ = secured
    with psycopg.connect(
        served.address, password=PASSWORD, sslmode="require", channel_binding="require"
    ) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect(
            served.address, password="wrong password", sslmode="require", channel_binding="require"
        )
    assert 'password authentication failed for user "anna"' in str(raised.value)


@pytest.mark.parametrize("user, password", [("anna", "wrong password"), ("nobody", PASSWORD), ("anna", "")])
def test_wrong_password_and_unknown_user_are_refused_alike(secured, user, password):
    served, _ = secured
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect(served.address.replace("anna@", f"{user}@"), password=password)
    if password:
        assert f'password authentication failed for user "{user}"' in str(raised.value)


def test_off_loopback_needs_tls_and_users(binary, sandbox_store, secured, tmp_path):
    run = serve(binary, sandbox_store, tmp_path, "--pg", "0.0.0.0:0")
    assert run.returncode == 1 and "listening on 0.0.0.0:0 needs a certificate" in run.stderr
    _, folder = secured
    (tmp_path / "census.toml").write_text(
        f'[serve]\ntls_certificate = "{folder}/certificate.pem"\ntls_key = "{folder}/key.pem"\n'
    )
    run = serve(binary, sandbox_store, tmp_path, "--pg", "0.0.0.0:0")
    assert run.returncode == 1 and "needs users with passwords" in run.stderr


@pytest.mark.parametrize(
    "section, message",
    [
        ('tls_certificate = "absent.pem"\ntls_key = "absent.pem"', 'TLS file "absent.pem" cannot be used'),
        ('tls_certificate = "absent.pem"', "[serve] has tls_certificate and no tls_key"),
        ('users = { anna = "plain" }', 'password of user "anna" is no SCRAM-SHA-256 verifier'),
        ('port = 1', "unknown field `port`"),
        ('statement_timeout = "soon"', "statement_timeout"),
    ],
)
def test_what_cannot_be_had_is_an_error_at_the_start(binary, sandbox_store, tmp_path, section, message):
    (tmp_path / "census.toml").write_text(f"[serve]\n{section}\n")
    run = serve(binary, sandbox_store, tmp_path, "--pg", "127.0.0.1:0")
    assert run.returncode == 1 and message in run.stderr, run.stderr


def test_taken_port_is_named(binary, sandbox_store, served, tmp_path):
    run = serve(binary, sandbox_store, tmp_path, "--pg", f"127.0.0.1:{served.port}")
    assert run.returncode == 1 and f"could not listen on 127.0.0.1:{served.port}" in run.stderr


def test_idle_sessions_are_told_when_the_server_stops(binary, sandbox_store, tmp_path):
    served = Served.start(binary, sandbox_store, tmp_path)
    with psycopg.connect(served.address, autocommit=True) as connection:
        connection.execute("SELECT 1")
        assert served.stop() == 0
        with pytest.raises(psycopg.OperationalError, match="administrator command"):
            connection.execute("SELECT 1")


def test_connections_beyond_the_limit_are_refused(binary, sandbox_store, tmp_path):
    (tmp_path / "census.toml").write_text("[serve]\nconnections = 2\n")
    served = Served.start(binary, sandbox_store, tmp_path)
    with psycopg.connect(served.address), psycopg.connect(served.address):
        with pytest.raises(psycopg.OperationalError, match="too many clients"):
            psycopg.connect(served.address)
    # A client does not see when the server has heard that it left.
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        try:
            psycopg.connect(served.address).close()
            break
        except psycopg.OperationalError as refused:
            assert "too many clients" in str(refused) and time.monotonic() < deadline
    assert served.stop() == 0


def test_statements_have_the_time_that_the_configuration_gives(binary, sandbox_store, tmp_path):
    (tmp_path / "census.toml").write_text('[serve]\nstatement_timeout = "200ms"\n')
    served = Served.start(binary, sandbox_store, tmp_path)
    endless = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b WHERE a % 7 = b % 11"
    with psycopg.connect(served.address, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.QueryCanceled, match="statement timeout"):
            connection.execute(endless)
        connection.execute("SET statement_timeout = '5s'")
        connection.execute("RESET statement_timeout")
        assert connection.execute("SHOW statement_timeout").fetchone() == ("200ms",)
    assert served.stop() == 0


@pytest.mark.parametrize(
    "address, message",
    [("anna@{}/nosuch", 'database "nosuch" does not exist'), ("anna@{}/census?options=-c%20nosuch%3D1", "nosuch")],
)
def test_session_that_cannot_be_had_is_refused(served, address, message):
    with pytest.raises(psycopg.OperationalError, match=message):
        psycopg.connect("postgresql://" + address.format(f"127.0.0.1:{served.port}"))


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\xff\xff", b"Q\0\0\0\x0dSELECT 1\0", b"\0" * 5000, bytes(range(256))])
def test_broken_handshakes_end_their_connection_alone(secured, sent):
    served, _ = secured
    tls_request = struct.pack("!ii", 8, 80877103)
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(tls_request)
        assert client.recv(1) == b"S"
        # The server may have ended the connection before all of it was sent.
        with contextlib.suppress(OSError):
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
    with psycopg.connect(served.address, password=PASSWORD, sslmode="require") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_comes_with_a_request_for_tls_is_not_taken_for_encrypted(secured):
    served, _ = secured
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(struct.pack("!ii", 8, 80877103) + b"Q\0\0\0\x0dSELECT 1\0")
        answer = b""
        while received := client.recv(65536):
            answer += received
    assert answer[:1] == b"E" and b"08P01" in answer


def test_hostile_packets_end_their_connection_alone(served):
    startup = struct.pack("!ii", 8 + 12, 196608) + b"user\0anna\0\0\0"[:12]
    hostile = [
        b"\0\0\0\0", b"\xff\xff\xff\xff", struct.pack("!ii", 8, 0), struct.pack("!ii", 0x7FFFFFFF, 196608),
        b"GET / HTTP/1.1\r\n\r\n", struct.pack("!ii", 8, 196608), struct.pack("!ii", 9, 80877102) + b"x",
        startup + b"Q\0\0\0\x03", startup + b"B\x7f\xff\xff\xff", startup + b"?\0\0\0\x04", os.urandom(4096),
    ]
    with psycopg.connect(served.address, autocommit=True) as innocent:
        for packet in hostile:
            with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
                # The server may have ended the connection before all of it was sent.
                with contextlib.suppress(OSError):
                    client.sendall(packet)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
            assert innocent.execute("SELECT 1").fetchone() == (1,)
