"""Gathers what all tests share: databases, and the named cast when there is one."""

from importlib.util import find_spec

pytest_plugins = [
    name
    for name in ("tests.support.really_ran", "tests.support.databases", "tests.support.cast")
    if find_spec(name)
]
