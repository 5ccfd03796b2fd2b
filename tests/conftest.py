"""Gathers what all tests share: databases, the named cast, and the count of what really ran."""

pytest_plugins = ["tests.support.really_ran", "tests.support.databases", "tests.support.cast"]
