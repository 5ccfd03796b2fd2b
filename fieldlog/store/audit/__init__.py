"""The audit log: added to, read, and checked against itself and against heads handed out earlier.

Knows nothing of who may read it, or of what the acts mean.
"""

from fieldlog.store.audit.checking import faults
from fieldlog.store.audit.kept import Act, Head, head, write
from fieldlog.store.audit.listed import of_author, page

__all__ = ["Act", "Head", "faults", "head", "of_author", "page", "write"]
