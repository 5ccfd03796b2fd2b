"""Many rows at once, the fastest way each database has. Knows columns, not what they mean.

Rows are tuples in the order of the table's columns, with aware datetimes, bytes, and JSON as
text: this goes past SQLAlchemy's types, which cost more than the insert.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import types

Row = tuple
_MARKS_MAX = 10_000  # SQLite takes 32 766 values in one statement


class Taken(Exception):
    """A key that was to be added stands already. The transaction is broken by it."""


def insert(session: Session, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows; raises Taken where one has a key that stands already."""
    if not rows:
        return
    connection = session.connection()
    write = _many if connection.dialect.name == "sqlite" else _copy
    with _faults(connection, table):
        write(connection, _insert(table), table, rows)


def replace(session: Session, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, or put them in the place of those with the same primary key."""
    if rows:
        connection = session.connection()
        with _faults(connection, table):
            _many(connection, _insert(table) + _or_update(table), table, rows)


def counted(session: Session, column: sa.Column, values: Sequence[bytes]) -> dict[bytes, int]:
    """How many rows have each of `values` in an indexed column of bytes; absent where none."""
    connection = session.connection()
    name, table = column.name, column.table.name
    ask = f"SELECT {name}, count(*) FROM {table} WHERE {name} %s GROUP BY {name}"
    if connection.dialect.name != "sqlite":
        return dict(_cursor(connection).execute(ask % "= ANY(%b)", [values]).fetchall())
    found: dict[bytes, int] = {}
    for start in range(0, len(values), _MARKS_MAX):
        chunk = values[start : start + _MARKS_MAX]
        marks = ",".join("?" * len(chunk))
        found.update(_cursor(connection).execute(ask % f"IN ({marks})", chunk).fetchall())
    return found


@contextmanager
def _faults(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """The driver's faults as SQLAlchemy would have told them."""
    driver = connection.dialect.loaded_dbapi
    try:
        yield
    except driver.IntegrityError as error:
        raise Taken(table.name) from error
    except driver.OperationalError as error:
        raise sa.exc.OperationalError(table.name, None, error) from error


def _many(connection: sa.Connection, statement: str, table: sa.Table, rows: Sequence[Row]) -> None:
    if connection.dialect.name == "sqlite":
        _cursor(connection).executemany(statement, _for_sqlite(table, rows))
    else:
        _cursor(connection).executemany(_for_postgres(table, statement), rows)


def _copy(connection: sa.Connection, _: str, table: sa.Table, rows: Sequence[Row]) -> None:
    """COPY in binary: half the price of any INSERT."""
    columns = ",".join(_quoted(table))
    with _cursor(connection).copy(
        f"COPY {table.name} ({columns}) FROM STDIN (FORMAT BINARY)"
    ) as copy:
        copy.set_types(_wire_types(table))
        for row in rows:
            copy.write_row(row)


def _cursor(connection: sa.Connection):
    return connection.connection.cursor()


def _for_sqlite(table: sa.Table, rows: Sequence[Row]) -> Iterable[Row]:
    """The same rows with their times as text. Most rows of a batch share the time of arrival."""
    times = [n for n, column in enumerate(table.columns) if isinstance(column.type, types.Utc)]
    before: dict[int, tuple] = dict.fromkeys(times, (None, None))
    for row in rows:
        values = list(row)
        for n in times:
            moment, text = before[n]
            if values[n] is not moment:
                moment = values[n]
                text = None if moment is None else types.text(moment)
                before[n] = (moment, text)
            values[n] = text
        yield values


@lru_cache
def _for_postgres(table: sa.Table, statement: str) -> str:
    """The same statement in its dialect; JSON comes as text and has to be told what it is."""
    for column in table.columns:
        is_json = isinstance(column.type, sa.JSON)
        statement = statement.replace("?", "%b::json" if is_json else "%b", 1)
    return statement


@lru_cache
def _insert(table: sa.Table) -> str:
    marks = ",".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({','.join(_quoted(table))}) VALUES ({marks})"


@lru_cache
def _or_update(table: sa.Table) -> str:
    key = ",".join(column.name for column in table.primary_key)
    rest = (f'"{c.name}"=excluded."{c.name}"' for c in table.columns if not c.primary_key)
    return f" ON CONFLICT ({key}) DO UPDATE SET {','.join(rest)}"


def _quoted(table: sa.Table) -> list[str]:
    return [f'"{column.name}"' for column in table.columns]


@lru_cache
def _wire_types(table: sa.Table) -> list[str]:
    return [_wire_type(column.type) for column in table.columns]


def _wire_type(kind: sa.types.TypeEngine) -> str:
    names = {
        sa.SmallInteger: "int2",
        sa.BigInteger: "int8",
        sa.Integer: "int4",
        sa.Boolean: "bool",
        sa.Float: "float8",
        sa.LargeBinary: "bytea",
        sa.DateTime: "timestamptz",
        sa.JSON: "text",
        sa.Text: "text",
    }
    plain = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    return next(name for base, name in names.items() if isinstance(plain, base))
