"""Fixtures: the binary, one moto server for the whole run, and a fresh account and store a test."""

import os
import socket
from pathlib import Path

import pytest

from account import Account
from binary import Census
from endpoint import Endpoint
from moto_process import MotoProcess
from wire import Served, take_census


@pytest.fixture(scope="session")
def binary() -> Path:
    """The program under test; nothing is built here."""
    named = os.environ.get("CENSUS_BIN")
    if not named:
        pytest.exit("CENSUS_BIN names no binary: run `make test`, or build it and set CENSUS_BIN", 2)
    path = Path(named)
    if not os.access(path, os.X_OK):
        pytest.exit(f"CENSUS_BIN={named} is no program: run `cargo build --bin census`", 2)
    return path.resolve()


@pytest.fixture(scope="session")
def moto():
    with MotoProcess() as process:
        yield process


@pytest.fixture
def account(moto) -> Account:
    """An AWS account without any API."""
    moto.reset()
    return Account(moto.url)


@pytest.fixture
def census(binary, moto, tmp_path) -> Census:
    """The binary with a store that is not there yet and the credentials of the account."""
    return Census(binary, tmp_path / "store", tmp_path / "home", moto.url)


@pytest.fixture(scope="session")
def demo(binary, tmp_path_factory) -> Census:
    """The binary with a store that holds the demo's accounts, made once: tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    census = Census(binary, folder / "store", folder / "home", "http://127.0.0.1:9")
    run = census.run("demo", "--once")
    assert run.code == 0, run.stderr
    return census


@pytest.fixture
def endpoint(moto):
    """The account behind an address at which single calls can be answered otherwise, or held."""
    with Endpoint(moto.url) as between:
        yield between


@pytest.fixture
def closed_port_url():
    """An address at which nobody listens; the socket is bound to the end, so that nobody else can."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unheard.getsockname()[1]}"


@pytest.fixture(scope="session")
def sandbox_store(binary, tmp_path_factory) -> Path:
    """A census of the accounts that are part of the binary; tests only read it."""
    return take_census(binary, tmp_path_factory.mktemp("sandbox"))


@pytest.fixture(scope="session")
def served(binary, sandbox_store, tmp_path_factory):
    """That census, served to PostgreSQL clients on loopback, where nobody is asked for a password."""
    served = Served.start(binary, sandbox_store, tmp_path_factory.mktemp("served"))
    yield served
    assert served.stop() == 0
