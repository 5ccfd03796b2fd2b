"""What the program writes down is JSON in UTC, and holds nothing of what people wrote."""

import json
import logging
from datetime import datetime

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from fieldlog import diary
from fieldlog.store.database import writing
from fieldlog.store.tables import Place

NOTE = "Två grupper på perrongen"
LAT = 59.4281


@pytest.fixture
def lines(capsys):
    """Call it for what was written down since, as values."""
    diary.init()

    def read() -> list[dict]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return read


def test_a_happening_is_one_line_with_its_time_in_utc(lines):
    structlog.get_logger().error("projection failed", log_id=3)
    (told,) = lines()
    assert (told["event"], told["level"], told["log_id"]) == ("projection failed", "error", 3)
    assert datetime.fromisoformat(told["at"]).utcoffset().total_seconds() == 0


def test_texts_and_positions_don_t_get_through_whatever_they_are_called(lines):
    structlog.get_logger().error("refused", note=NOTE, lat=LAT, body={"note": NOTE}, code="invalid")
    (told,) = lines()
    assert told["code"] == "invalid"
    assert told["dropped"] == ["body", "lat", "note"]
    assert NOTE not in str(told)
    assert str(LAT) not in str(told)


def test_an_exception_tells_its_types_and_places_but_neither_text_nor_locals(lines):
    note = NOTE
    try:
        try:
            raise KeyError(note)
        except KeyError as inner:
            raise ValueError(f"no such thing: {note}") from inner
    except ValueError:
        structlog.get_logger().exception("it failed", log_id=1)
    (told,) = lines()
    assert told["exception"]["types"] == ["ValueError", "KeyError"]
    assert "test_diary.py" in told["exception"]["frames"][0]
    assert NOTE not in json.dumps(told, ensure_ascii=False)


def test_a_refused_row_is_not_quoted_by_the_database_s_own_words(lines, app):
    row = {"code": "X", "name": NOTE, "kind": "k", "lat": LAT, "lon": 17.9, "radius_m": 1}
    with pytest.raises(IntegrityError) as refused, writing() as session:
        session.execute(sa.insert(Place), [row])  # no updated_at
    assert NOTE not in str(refused.value.statement)
    assert NOTE not in str(refused.value).split("[SQL", 1)[1]
    logging.getLogger("fieldlog").error("it failed", exc_info=refused.value)
    (told,) = lines()
    assert told["exception"]["types"][0] == "IntegrityError"
    assert NOTE not in str(told)


def test_a_page_that_fails_is_written_down_without_its_address(lines, app):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.test_request_context(f"/broken?q={NOTE}"):
        try:
            raise RuntimeError(NOTE)
        except RuntimeError as fault:
            app.handle_exception(fault)
    (told,) = lines()
    assert told["logger"] == "fieldlog"
    assert told["exception"]["types"] == ["RuntimeError"]
    assert "perrongen" not in json.dumps(told, ensure_ascii=False)


def test_what_libraries_log_is_told_by_name_alone(lines):
    logging.getLogger("sqlalchemy.engine").warning("INSERT %s", NOTE)
    logging.getLogger("waitress.queue").warning("Task queue depth is %d", 3)
    library, server = lines()
    assert (library["logger"], library["event"]) == ("sqlalchemy.engine", "something was logged")
    assert server["event"] == "Task queue depth is %d"


def test_two_apps_in_one_process_write_each_happening_once(lines):
    diary.init()
    logging.getLogger("fieldlog").error("once")
    assert len(lines()) == 1
