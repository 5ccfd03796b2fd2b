"""Every fault there is, in the order of the table. Knows nothing of how they are run."""

from tests.faults import phone
from tests.faults.fault import Fault
from tests.faults.servers import FAULTS as SERVERS
from tests.faults.wire import FAULTS as WIRE


def _order(fault: Fault) -> tuple[int, str]:
    """F6 before F16, and variants of one fault by name."""
    number, _, variant = fault.key.removeprefix("F").partition("-")
    return int(number), variant


FAULTS: list[Fault] = sorted([*getattr(phone, "FAULTS", []), *WIRE, *SERVERS], key=_order)
