"""What can be wrong with a rescue file, each with the code that a store answers with."""


class Unfit(ValueError):
    """The file can't be taken as it is. Its text says why, and never what is in it."""

    code = "not_rescue"


class NotRescue(Unfit):
    """It is something else, or its first line makes no sense."""


class Newer(Unfit):
    """A later version of the app sealed it: a later version of the program opens it."""

    code = "rescue_newer"


class Elsewhere(Unfit):
    """It is sealed for another centre."""

    code = "rescue_elsewhere"


class Cut(Unfit):
    """It ends too early. What stood before the cut has been handed out."""

    code = "rescue_cut"


class Damaged(Unfit):
    """It is not what was sealed. What stood before the fault has been handed out."""

    code = "rescue_damaged"
