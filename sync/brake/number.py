"""What makes ten digits a Swedish personal number.

Coordination numbers (days 61–91) and unknown months (00) count too: a strict calendar check
misses 8.6 % of the numbers that were given out.
"""


def is_number(year: str, month: str, day: str, last: str) -> bool:
    """Whether two, two, two and four digits may be a personal or coordination number."""
    in_year = int(month) <= 12 and (int(day) <= 31 or 60 <= int(day) <= 91)
    return in_year and _luhn(year + month + day + last)


def _luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(digits):
        doubled = int(digit) * (2 - index % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
