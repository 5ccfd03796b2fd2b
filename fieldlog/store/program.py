"""What this program calls itself in the logs it writes and sends: its version."""

from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("fieldlog")
    except PackageNotFoundError:
        return "dev"


VERSION = _version()
