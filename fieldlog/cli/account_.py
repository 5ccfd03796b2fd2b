"""`fieldlog account`: somebody who may sign in, or write on a phone; and another password."""

import sys

import click

from fieldlog.access import passwords
from fieldlog.access.verbs import ROLES
from fieldlog.cli.speech import in_app, json_option, refuse, say
from fieldlog.store import audit, logins, people
from fieldlog.store.audit import Act
from fieldlog.store.database import writing


@click.group("account")
def command():
    """People who may sign in or write."""


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="As colleagues know them.")
@click.option("--org", required=True, help="Code of the organisation, such as polisen.")
@click.option("--org-name", help="Name of the organisation, when it is new.")
@click.option("--org-kind", type=click.Choice(["police", "municipality"]), help="When it is new.")
@click.option("--role", type=click.Choice(ROLES), default="field", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@json_option
@in_app
def add(login, name, org, org_name, org_kind, role, password_stdin, as_json):
    """Add an account; its organisation too, when --org-name and --org-kind tell what it is.

    A field account needs no password: its phone is enrolled with a code. The others are asked
    for one of at least 15 characters.
    """
    given = _asked(password_stdin) if password_stdin or role != "field" else None
    try:
        kept = passwords.hashed(given, login, name) if given else None
        if org_name and org_kind:
            people.add_org(org, org_name, org_kind)
        with writing():
            account = people.add_account(login, name, org, role, kept)
            audit.write(Act("accounts.add", subject=account.id, owner=org, detail={"role": role}))
    except ValueError as wrong:
        refuse(str(wrong))
    told = {"id": account.id, "login": login, "org": org, "role": role}
    say(f"{name} ({login}, {role}, {org}) was added.", told, as_json)


@command.command()
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@json_option
@in_app
def password(login, password_stdin, as_json):
    """Give an account a password, its first or another.

    Whoever is signed in with the old one is out, and need not wait after wrong tries. With one, a
    field account sees at the desk who has read what it wrote.
    """
    account = people.by_login(login)
    if account is None:
        refuse(f"There is no account {login!r}.")
    try:
        kept = passwords.hashed(_asked(password_stdin), account.login, account.name)
    except ValueError as wrong:
        refuse(str(wrong))
    with writing():
        people.set_password_hash(account.id, kept)
        logins.forget(account.login)
        audit.write(Act("accounts.password", subject=account.id, owner=account.org))
    told = {"id": account.id, "login": account.login}
    say(f"{account.name} ({account.login}) has a new password.", told, as_json)


def _asked(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
