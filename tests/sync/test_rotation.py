"""What a new log takes over from the old one."""

from sync.rotation import carried_over


def test_all_but_what_speaks_of_the_old_log_is_copied_byte_for_byte_in_order():
    written = [b'{"t":"open"}', b'{"t":"visit" }', b'{"t":"event"}', b'{"t":"close"}']
    assert carried_over(written) == [b'{"t":"visit" }', b'{"t":"event"}']


def test_what_cannot_be_read_is_kept_too():
    odd = [b"\xff", b"[]", b'"open"', b'{"t":["open"]}', b"{" * 5_000, b""]
    assert carried_over(odd) == odd
