"""Notices of nights, by e-mail, webhook or whatever else apprise knows: who has to do what.

A notice that can't be sent is told of and fails nothing. Carries names of stores, times and
counts; nothing of what anybody wrote.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from flask_babel import gettext as _
from flask_babel import ngettext

from fieldlog import config
from fieldlog.store.overdue import Alarm

log = structlog.get_logger(__name__)
PATIENCE_S = 30


def tell(settings: config.Settings, told: dict, red: list[Alarm]) -> bool | None:
    """Send a notice if the night `told` of, or anything `red`, needs somebody.

    True: it went out to all; False: it did not; None: there was nothing to say, or nobody to
    say it to (FIELDLOG_NOTIFY).
    """
    lines = list(_lines(settings, told, red))
    if not settings.notify or not lines:
        return None
    title = _("fieldlog at %(name)s needs somebody", name=settings.name)
    return _sent(settings.notify, title, "\n".join(lines))


def _lines(settings: config.Settings, told: dict, red: list[Alarm]):
    if told and told["outcome"] != "ok" and not told["check"]["faults"]:
        yield _("Tonight not all came to the centre. It stays here and is tried again: nothing is "
                "lost. Look at the page Nights if it happens again tomorrow.")  # fmt: skip
    for alarm in red:
        yield _late(settings, alarm) if alarm.kind == "late" else _damaged(alarm)


def _late(settings: config.Settings, alarm: Alarm) -> str:
    if alarm.since is None:
        return _("%(node)s has not had one whole night yet. Start its timer: fieldlog night.",
                 node=alarm.node)  # fmt: skip
    return _("%(node)s has had no whole night since %(when)s. See that it has power and network, "
             "then run there: fieldlog night.",
             node=alarm.node, when=_moment(alarm.since, settings))  # fmt: skip


def _damaged(alarm: Alarm) -> str:
    return ngettext(
        "The check of %(node)s found %(num)d fault. Run fieldlog store verify there, and have the "
        "last good copy at hand (fieldlog store restore).",
        "The check of %(node)s found %(num)d faults. Run fieldlog store verify there, and have the "
        "last good copy at hand (fieldlog store restore).",
        len(alarm.faults),
        node=alarm.node,
    )


def _moment(moment: datetime, settings: config.Settings) -> str:
    return moment.astimezone(ZoneInfo(settings.timezone)).strftime("%Y-%m-%d %H:%M")


def _sent(addresses: tuple[str, ...], title: str, body: str) -> bool:
    try:
        import apprise
    except ImportError:
        log.error("notices need apprise: pip install 'fieldlog[notify]'")
        return False
    try:
        post = apprise.Apprise()
        taken = [post.add(address) for address in addresses]
        sent = bool(post.notify(body, title, apprise.NotifyType.WARNING, timeout=PATIENCE_S))
    except Exception as fault:
        log.error("a notice could not be sent", fault=type(fault).__name__)
        return False
    if not (sent and all(taken)):
        log.error("a notice did not go out to all", addresses=len(addresses), read=sum(taken))
        return False
    return True
