"""retry.json: which class an HTTP answer belongs to, and how long a sender waits."""

_OURS = {"fieldlog-proto": "1"}
_HTML = {"content-type": "text/html"}


def make() -> dict:
    return {
        "classes": [
            {"name": name, "status": status, "headers": headers, "class": kind}
            for name, status, headers, kind in _CLASSES
        ],
        "retry_after": [{"value": value, "seconds": seconds} for value, seconds in _AFTER],
        "backoff": [
            {"attempt": attempt, "chance": chance, "after": after, "seconds": seconds}
            for attempt, chance, after, seconds in _WAITS
        ],
    }


_CLASSES = [
    ("a push taken", 200, _OURS, "ok"),
    ("an enrolment", 201, _OURS, "ok"),
    ("a captive portal's page", 200, _HTML, "retryable"),
    ("another version of the protocol", 200, {"fieldlog-proto": "2"}, "retryable"),
    ("a redirect to a login page", 302, _HTML, "retryable"),
    ("a redirect by the store itself", 307, _OURS, "retryable"),
    ("no or unknown token", 401, _OURS, "auth"),
    ("a portal's own 401", 401, _HTML, "retryable"),
    ("a revoked token", 403, _OURS, "auth"),
    ("a firewall's 403", 403, _HTML, "retryable"),
    ("a portal's 404", 404, _HTML, "retryable"),
    ("not found by the store", 404, _OURS, "refused"),
    ("broken framing", 400, _OURS, "refused"),
    ("another protocol asked for", 426, _OURS, "refused"),
    ("request timeout", 408, _OURS, "retryable"),
    ("too early", 425, _OURS, "retryable"),
    ("too many requests", 429, {**_OURS, "retry-after": "7"}, "retryable"),
    ("too large for the store", 413, _OURS, "halve"),
    ("too large for a proxy on the way", 413, _HTML, "halve"),
    ("gzip not taken by the store", 415, _OURS, "plain"),
    ("gzip not taken by a proxy on the way", 415, _HTML, "plain"),
    ("the store is broken", 500, _OURS, "retryable"),
    ("a gateway has no store behind it", 502, _HTML, "retryable"),
    ("the store is busy", 503, {**_OURS, "retry-after": "2"}, "retryable"),
    ("the store's disk is full", 507, _OURS, "retryable"),
]

_AFTER = [
    ("7", 7),
    ("0", 0),
    ("100000", 900),
    ("", None),
    ("soon", None),
    ("-3", None),
    ("Wed, 21 Oct 2026 07:28:00 GMT", None),
]

# 2 s is the least, 2·2^(attempt+1) s the most, never over a quarter of an hour.
_WAITS = [
    (0, 0.0, None, 2),
    (0, 0.5, None, 3),
    (1, 0.5, None, 5),
    (2, 0.25, None, 5.5),
    (8, 0.0, None, 2),
    (8, 0.5, None, 451),
    (60, 0.5, None, 451),
    (0, 0.0, 7, 7),
    (0, 0.5, 7, 8),
    (60, 0.5, 600, 900),
]
