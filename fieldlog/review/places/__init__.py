"""Places at the desk: what each is asked, has got and has seen, its versions, and their editing."""

from fieldlog.review.places import pages  # noqa: F401 – hangs its pages on the door
