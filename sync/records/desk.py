"""What supervisors do with records, written in the store's own log so that a rebuild knows it."""

from typing import Any

from sync.records.base import Strict
from sync.records.correction import WHY_MAX
from sync.records.fields import Choice, Digest, Flag, Free, Rid, Shaped, Text, Whole

TEXT_MAX = 1_000
SEQ_MAX = 2**53 - 1


class Release(Strict):
    ref = Rid(null=True, label="Record", purpose="Which record leaves quarantine, if it has a rid")
    log = Shaped("^[0-9a-f]{32}$", label="Log", purpose="In which log the released entry stands")
    seq = Whole(1, SEQ_MAX, label="Number", purpose="Which entry of that log is released")
    sha256 = Digest(label="Content", purpose="Exactly which content was released")
    why = Text(WHY_MAX, label="Reason", purpose="Why it may count after all")


class Review(Strict):
    ref = Rid(label="Record", purpose="Which record was reviewed")
    state = Choice(
        "new", "reviewed", "in_picture", "set_aside", label="Review",
        purpose="Whether it belongs in the week's picture",
    )  # fmt: skip
    why = Text(WHY_MAX, null=True, least=0, label="Reason", purpose="Why it was set aside")

    @staticmethod
    def disagree(value: dict[str, Any]) -> str | None:
        if value.get("state") == "set_aside" and not value.get("why"):
            return "why is missing: a record is set aside for a reason."
        return None


class Merge(Strict):
    """The latest word holds."""

    ref = Rid(label="Record", purpose="Which record is a double; it is kept")
    into = Rid(null=True, label="Into", purpose="Which record stands for both; null: it is none")
    why = Text(WHY_MAX, null=True, label="Reason", purpose="Why it is no double after all")


class Share(Strict):
    """The latest word to each organisation holds."""

    ref = Rid(label="Record", purpose="Which record is shown to the other organisation")
    with_ = Text(32, key="with", label="With", purpose="Which organisation may see it")
    why = Text(WHY_MAX, label="Reason", purpose="On what ground it is shared, or no more")
    ends = Flag(null=True, label="Ends", purpose="Yes when it is shown to them no longer")


class Return(Strict):
    ref = Rid(label="Record", purpose="Which record goes back to its author")
    text = Text(TEXT_MAX, label="Question", purpose="What the author is asked")


class Comment(Strict):
    ref = Rid(label="Record", purpose="Which record is commented")
    text = Text(TEXT_MAX, label="Comment", purpose="What the reader should know")


class Erase(Strict):
    ref = Rid(label="Record", purpose="Which record is erased, with all that belongs to it")
    ground = Text(TEXT_MAX, label="Ground", purpose="On what decision in law it is erased")
    keep = Free(null=True, label="What remains", purpose="The reduced record that may remain")
