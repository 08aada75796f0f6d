"""SQLAlchemy 2 against `census serve`: reflection of schemas, tables, columns and comments; HSTORE; queries of its own."""

import pytest
import sqlalchemy
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.automap import automap_base

TABLE = "apigatewayv2_integrationresponse"




@pytest.fixture(scope="module")
def engine(served):
    engine = sqlalchemy.create_engine(served.address.replace("postgresql://", "postgresql+psycopg://"))
    yield engine
    engine.dispose()


def test_schemas_and_tables_are_found(engine):
    inspector = sqlalchemy.inspect(engine)
    assert {"aws", "census", "information_schema"} <= set(inspector.get_schema_names())
    assert TABLE in inspector.get_table_names(schema="aws")
    assert "coverage" in inspector.get_table_names(schema="census")
    assert inspector.default_schema_name == "aws"


def test_columns_have_types_and_comments(engine):
    inspector = sqlalchemy.inspect(engine)
    columns = {column["name"]: column for column in inspector.get_columns(TABLE, schema="aws")}
    assert isinstance(columns["tags"]["type"], postgresql.HSTORE)
    assert isinstance(columns["response_parameters"]["type"], postgresql.HSTORE)
    assert isinstance(columns["account_id"]["type"], sqlalchemy.TEXT)
    assert columns["response_parameters"]["comment"]
    assert inspector.get_table_comment(TABLE, schema="aws")["text"]


def test_a_row_is_known_by_account_and_key(engine):
    inspector = sqlalchemy.inspect(engine)
    key = inspector.get_pk_constraint(TABLE, schema="aws")
    assert key["constrained_columns"] == ["account_id", "_key"]
    assert key["name"] == f"{TABLE}_pkey"
    # An id is unique together with tags, which are no columns.
    assert inspector.get_foreign_keys(TABLE, schema="aws") == []
    assert inspector.get_indexes(TABLE, schema="aws") == []
    assert inspector.get_unique_constraints(TABLE, schema="aws") == []
    assert inspector.get_check_constraints(TABLE, schema="aws") == []


def test_rows_are_objects_of_mapped_classes(engine):
    metadata = sqlalchemy.MetaData()
    metadata.reflect(engine, schema="aws", only=[TABLE])
    base = automap_base(metadata=metadata)
    base.prepare()
    response = base.classes[TABLE]
    with orm.Session(engine) as session:
        first = session.query(response).order_by(response._key).first()
        assert first.tags["region"]
        assert session.get(response, (first.account_id, first._key)) is first


def test_reflected_table_is_queried(engine):
    table = sqlalchemy.Table(TABLE, sqlalchemy.MetaData(), schema="aws", autoload_with=engine)
    region = table.c.tags["region"]
    query = (
        sqlalchemy.select(region, sqlalchemy.func.count())
        .where(region == "eu-west-1")
        .group_by(region)
    )
    with engine.connect() as connection:
        (row,) = connection.execute(query).all()
        assert row[0] == "eu-west-1" and row[1] > 0
        tags = connection.execute(sqlalchemy.select(table.c.tags).limit(1)).scalar_one()
    assert isinstance(tags, dict) and tags["region"]
