"""Settings within transactions, as PostgreSQL keeps them and takes them back."""

import psycopg
import pytest


@pytest.fixture
def session(served):
    with psycopg.connect(served.address, autocommit=True) as connection:
        connection.notices = []
        connection.add_notice_handler(lambda told: connection.notices.append(told.sqlstate))
        yield connection


def shown(session: psycopg.Connection, setting: str) -> str:
    return session.execute(f"SHOW {setting}").fetchone()[0]


def test_what_is_local_ends_with_the_transaction(session):
    session.execute("SET work_mem = '1MB'")
    session.execute("BEGIN")
    session.execute("SET LOCAL work_mem = '2MB'")
    session.execute("SELECT set_config('lock_timeout', '5s', true)")
    assert (shown(session, "work_mem"), shown(session, "lock_timeout")) == ("2MB", "5s")
    session.execute("COMMIT")
    assert (shown(session, "work_mem"), shown(session, "lock_timeout")) == ("1MB", "0")


def test_rollback_takes_settings_back(session):
    session.execute("BEGIN")
    session.execute("SET work_mem = '3MB'")
    session.execute("SAVEPOINT a")
    session.execute("SET work_mem = '4MB'")
    session.execute("ROLLBACK TO SAVEPOINT a")
    assert shown(session, "work_mem") == "3MB"
    session.execute("ROLLBACK")
    assert shown(session, "work_mem") == "4MB"  # the default


def test_statements_of_one_text_are_undone_together(session):
    with pytest.raises(psycopg.errors.UndefinedColumn):
        session.execute("SET work_mem = '1MB'; SELECT nope")
    assert shown(session, "work_mem") == "4MB"


def test_local_outside_of_a_transaction_warns_and_does_nothing(session):
    session.execute("SET LOCAL work_mem = '2MB'")
    assert session.notices == ["25P01"]
    assert shown(session, "work_mem") == "4MB"


def test_a_transaction_tells_its_isolation(session):
    session.execute("START TRANSACTION ISOLATION LEVEL SERIALIZABLE")
    assert shown(session, "transaction_isolation") == "serializable"
    session.execute("COMMIT AND CHAIN")
    assert shown(session, "transaction_isolation") == "serializable"
    session.execute("COMMIT AND NO CHAIN")
    assert shown(session, "transaction_isolation") == "read committed"
    session.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    assert shown(session, "transaction_isolation") == "repeatable read"
    with pytest.raises(psycopg.errors.NoActiveSqlTransaction):
        session.execute("COMMIT AND CHAIN")


def test_settings_come_with_the_connection(served):
    with psycopg.connect(served.address, options="-c jit=off -c work_mem=8MB") as session:
        assert (shown(session, "jit"), shown(session, "work_mem")) == ("off", "8MB")


def test_the_user_is_who_has_logged_in(session):
    names = session.execute("SELECT current_user, session_user, user, current_role").fetchone()
    assert names == ("anna",) * 4
    assert session.info.parameter_status("session_authorization") == "anna"
    roles = session.execute("SELECT usename FROM pg_user ORDER BY 1").fetchall()
    assert roles == [("anna",), ("census",)]
    activity = session.execute("SELECT usename, pid = pg_backend_pid() FROM pg_stat_activity")
    assert activity.fetchall() == [("anna", True)]
    assert session.execute("SELECT pg_backend_pid()").fetchone() == (session.info.backend_pid,)


def test_deferring_constraints_is_accepted(session):
    assert session.execute("SET CONSTRAINTS ALL DEFERRED").statusmessage == "SET CONSTRAINTS"
    assert session.execute("SET work_mem TO DEFAULT").statusmessage == "SET"
    assert session.execute("RESET work_mem").statusmessage == "RESET"
