"""Who may do what: the one map from a verb to who may: people's roles, kinds of machines, tokens.

What a verb reaches (own organisation) is a query in `sight`; what is absent is refused.
"""

from fieldlog.store import people

ROLES = people.ROLES

PEOPLE: dict[str, frozenset[str]] = {
    "log.read": frozenset({"supervisor"}),
    "log.export": frozenset({"supervisor"}),
    "record.read": frozenset({"supervisor"}),
    "record.review": frozenset({"supervisor"}),
    "record.return": frozenset({"supervisor"}),
    "record.merge": frozenset({"supervisor"}),
    "record.share": frozenset({"supervisor"}),
    "record.comment": frozenset({"supervisor"}),
    "photo.read": frozenset({"supervisor"}),
    "quarantine.read": frozenset({"supervisor"}),
    "quarantine.release": frozenset({"supervisor"}),
    "quarantine.return": frozenset({"supervisor"}),
    "rescue.bring": frozenset({"supervisor", "admin"}),
    "devices.read": frozenset({"supervisor", "admin"}),
    "devices.enrol": frozenset({"supervisor", "admin"}),
    "devices.revoke": frozenset({"supervisor", "admin"}),
    "places.read": frozenset({"supervisor", "coordinator"}),
    "places.edit": frozenset({"coordinator"}),
    "promise.read": frozenset({"supervisor", "coordinator", "admin", "auditor"}),
    "promise.edit": frozenset({"coordinator"}),
    "audit.read": frozenset({"supervisor", "auditor"}),
    "accesses.read": frozenset({"field"}),
    "messages.write": frozenset({"supervisor", "coordinator"}),
    "nights.read": frozenset({"supervisor", "coordinator", "admin", "auditor"}),
    "week.read": frozenset({"supervisor", "coordinator"}),
    "week.export": frozenset({"supervisor", "coordinator"}),
    "figures.export": frozenset({"supervisor", "coordinator"}),
    "week.freeze": frozenset({"coordinator"}),
    "week.decide": frozenset({"coordinator"}),
    "actions.write": frozenset({"coordinator"}),
    "tokens.read": frozenset({"supervisor", "admin"}),
    "tokens.make": frozenset({"supervisor"}),
    "tokens.revoke": frozenset({"supervisor", "admin"}),
    "hooks.read": frozenset({"supervisor", "admin"}),
    "hooks.write": frozenset({"supervisor"}),
    "hooks.end": frozenset({"supervisor", "admin"}),
}

# A revoked device keeps one verb: what it holds is still taken, into quarantine.
MACHINES: dict[str, frozenset[str]] = {
    "push": frozenset({"phone", "node", "revoked"}),
    "status": frozenset({"phone", "node"}),
    "compare": frozenset({"phone", "node"}),
    "digest": frozenset({"phone", "node"}),
    "ref": frozenset({"phone", "node"}),
    "blobs": frozenset({"phone", "node"}),
    "rescue": frozenset({"phone", "node"}),
}

# Programs that bear an access token, by its scope; what a scope reaches is a query in `sight`.
READERS: dict[str, frozenset[str]] = {
    "features.read": frozenset({"places", "records", "details"}),
}

# Endpoints that need neither login nor token. A view must also say @open_to_all itself.
OPEN: frozenset[str] = frozenset(
    {
        "static",
        "openapi",
        "exchange.device",
        "exchange.enrol",
        "patrol.shell",
        "patrol.worker",
        "patrol.manifest",
        "patrol.lock",
        "public.home",
        "public.healthz",
        "public.language",
        "public.map_file",
        "public.map_now",
        "review.login",
        "review.logout",
    }
)
