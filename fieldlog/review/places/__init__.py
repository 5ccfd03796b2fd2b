"""Places at the desk: what each is asked, has got and has seen, its versions, and their editing."""

from fieldlog.review.places import (  # noqa: F401 – each hangs its pages on the door
    editing,
    pages,
    transfer,
)
