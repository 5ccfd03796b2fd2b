"""Every table of a store, one small file a subject. Knows columns and indexes, no rules."""

from fieldlog.store.tables.access_tokens import AccessToken
from fieldlog.store.tables.audit import Audit
from fieldlog.store.tables.blobs import Blob, BlobName
from fieldlog.store.tables.bundles import Bundle
from fieldlog.store.tables.categories import Category
from fieldlog.store.tables.devices import Device, DeviceAccount, EnrolmentCode, Token
from fieldlog.store.tables.entries import Branch, Entry, Log
from fieldlog.store.tables.hooks import Hook, HookPost
from fieldlog.store.tables.identity import Identity
from fieldlog.store.tables.messages import Message
from fieldlog.store.tables.nights import Night
from fieldlog.store.tables.people import Account, LoginWait, Organisation
from fieldlog.store.tables.places import Place
from fieldlog.store.tables.quarantine import Quarantine
from fieldlog.store.tables.records import Event, Visit
from fieldlog.store.tables.rescues import Rescue
from fieldlog.store.tables.sessions import SignedIn
from fieldlog.store.tables.versions import Version
from fieldlog.store.tables.weeks import Action, Decision, Picture
from fieldlog.store.tables.words import NoteWord

__all__ = [
    "AccessToken",
    "Account",
    "Action",
    "Audit",
    "Blob",
    "BlobName",
    "Branch",
    "Bundle",
    "Category",
    "Decision",
    "Device",
    "DeviceAccount",
    "EnrolmentCode",
    "Entry",
    "Event",
    "Hook",
    "HookPost",
    "Identity",
    "Log",
    "LoginWait",
    "Message",
    "Night",
    "NoteWord",
    "Organisation",
    "Picture",
    "Place",
    "Quarantine",
    "Rescue",
    "SignedIn",
    "Token",
    "Version",
    "Visit",
]
