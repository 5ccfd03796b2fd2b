"""Where a reader may be sent on to after a form: never out of this site. Knows no page."""


def within(address: str | None, otherwise: str = "/") -> str:
    """`address` if it is a path here, else `otherwise`: a link can't send the reader elsewhere."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return otherwise
    return address if address.isprintable() else otherwise
