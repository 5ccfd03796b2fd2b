"""Reference bundles: what phones and nodes look things up in, named by the hash of their bytes.

Knows scopes (who may have which bytes), nothing of HTTP.
"""

from fieldlog.store.bundles.held import UPSTREAM, held
from fieldlog.store.bundles.made import bundle, forget, names, refs, scope_of, stored
from fieldlog.store.bundles.taken import apply

__all__ = [
    "UPSTREAM",
    "apply",
    "bundle",
    "forget",
    "held",
    "names",
    "refs",
    "scope_of",
    "stored",
]
