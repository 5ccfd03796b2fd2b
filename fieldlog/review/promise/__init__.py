"""What is promised, at the desk: the promise in force, each thing with its versions, the forms that
make new ones, and files in and out.
"""

from fieldlog.review.promise import (  # noqa: F401 – each hangs its pages on the door
    editing,
    pages,
    transfer,
)
