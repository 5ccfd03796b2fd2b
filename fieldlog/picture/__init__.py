"""A week's picture: what the store holds, put through the measures, as one JSON value.

Made live for every reader, or kept as it was when it was frozen; both are drawn from the same
value. Knows no page, no words and no reader; holds no note, no author and no phone.
"""

from fieldlog.picture.sight import Sight
from fieldlog.picture.week import figures

__all__ = ["Sight", "figures"]
