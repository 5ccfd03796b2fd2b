"""What the program itself writes down while it runs: one JSON line a happening, on stderr, in UTC.

Holds nothing of what people wrote and no position: only the keys named here get through, and of
an exception its type and places in the code, never its text, which may quote a record.
"""

import logging
import sys
import traceback
from types import TracebackType

import structlog

# Ids, counts and codes. Whatever else is given to a logger is dropped, and its name is told.
KEYS = frozenset(
    [
        "addresses",
        "carrier",
        "code",
        "device",
        "entries",
        "fault",
        "file",
        "known",
        "log",
        "log_id",
        "node",
        "quarantined",
        "read",
        "seconds",
        "status",
        "store",
    ]
)
OWN = frozenset({"event", "level", "at", "logger", "exception", "dropped"})
FRAMES = 30
LONGEST = 300
# Others' loggers whose sentences are fixed; of the rest only the name and the level are told.
SPOKEN = ("fieldlog", "waitress", "gunicorn", "alembic")


def init() -> None:
    """Have everything this process logs go this way. Safe to call again."""
    chain = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper("iso", utc=True, key="at"),
        _exception,
        _known_keys,
    ]
    structlog.configure(
        processors=[*chain, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=_Lines(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(each, _Handler) for each in root.handlers):
        root.addHandler(_Handler())
        root.setLevel(logging.WARNING)


class _Handler(logging.Handler):
    """Everything the libraries log, through the same chain."""

    def emit(self, record: logging.LogRecord) -> None:
        logger = structlog.get_logger(record.name)
        spoken = record.name.split(".")[0] in SPOKEN
        sentence = str(record.msg) if spoken else "something was logged"
        logger.log(record.levelno, sentence, logger=record.name, exc_info=record.exc_info)


class _Lines:
    """Writes to whatever stderr is at the moment."""

    def __call__(self, *names: str) -> "_Lines":
        return self

    def msg(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    log = debug = info = warning = warn = error = critical = exception = failure = msg


def _exception(_logger, _method: str, told: dict) -> dict:
    """{"types": the exception and its causes, "frames": "file:line in function"}, no text."""
    fault = told.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        told["exception"] = {
            "types": list(_types(fault)),
            "frames": _frames(fault.__traceback__),
        }
    return told


def _types(fault: BaseException | None):
    """Each in the chain by name, with the database's own code where it has one."""
    while fault is not None:
        code = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", None)
        yield type(fault).__name__ + (f" {code}" if code else "")
        fault = fault.__cause__ or fault.__context__


def _frames(where: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(where)[-FRAMES:]
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]


def _known_keys(_logger, _method: str, told: dict) -> dict:
    """Only what is named above, and of that only what is short."""
    kept = {key: told[key] for key in told if key in OWN}
    kept |= {key: _short(told[key]) for key in told if key in KEYS}
    if lost := sorted(told.keys() - kept.keys()):
        kept["dropped"] = lost
    return kept


def _short(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:LONGEST]
