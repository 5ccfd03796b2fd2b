"""The project's own files, as git would keep them, for the house rules to read."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sync", "fieldlog")


@cache
def files(*endings: str) -> tuple[Path, ...]:
    """Every file git keeps or would keep (not the ignored ones), with one of these endings."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = (ROOT / line for line in listed.splitlines())
    return tuple(f for f in found if f.is_file() and (not endings or f.suffix in endings))


def modules() -> tuple[Path, ...]:
    """The Python files that are shipped."""
    return tuple(f for f in files(".py") if f.relative_to(ROOT).parts[0] in PACKAGES)


def dotted(file: Path) -> str:
    """The module name of a file: fieldlog/store/__init__.py is fieldlog.store."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> list[tuple[int, str]]:
    """What a file imports: (line, dotted name); `from a import b` is a.b where that is a module."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            found += [(node.lineno, _module(base, alias.name)) for alias in node.names]
    return found


def _module(base: str, name: str) -> str:
    deeper = ROOT / Path(*base.split(".")) / name
    is_module = deeper.with_suffix(".py").is_file() or deeper.is_dir()
    return f"{base}.{name}" if is_module else base
