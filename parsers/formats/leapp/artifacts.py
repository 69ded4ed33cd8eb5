"""The artifacts of an output: what its own description says of each, and what their rows are.

``_lava_data.lava`` (older: ``_lava_data.json``) describes every table of ``_lava_artifacts.db``. An output without it
is told by the names of its tables and of its TSV files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from parsers.json_decoding import Json, decode_json
from parsers.json_values import object_in, objects_in, text_in, whole_in
from parsers.table_fields import TableKind

TSV_SUFFIX: Final = ".tsv"
_MOST_ARTIFACTS: Final = 5_000
_WORD = re.compile(r"[a-z]+")
_CALLS: Final = frozenset({"call", "calls", "calllog", "calllogs", "callhistory"})
_MESSAGES: Final = frozenset(
    {"sms", "mms", "message", "messages", "chat", "chats", "imessage", "texts", "conversations", "msgs", "dms"}
)
_ADDRESS_BOOK: Final = frozenset({"address", "book"})
_CONTACTS: Final = frozenset({"contact", "contacts", "addressbook", "friends", "phonebook"})
_ACCOUNTS: Final = frozenset({"account", "accounts"})
# About messages, and none themselves.
_NEVER_READ: Final = frozenset(
    {
        *("receipts", "receipt", "reactions", "notification", "notifications", "search", "searches"),
        *("email", "emails", "mail", "gmail", "protonmail", "outlook"),
        *("deleted_guids", "interactions", "suggestions", "usage", "permissions", "logs_level", "history_visits"),
    }
)
_NOT_BY_NAME: Final = _NEVER_READ | {"attachments", "members", "groups", "media", "settings"}
_TIMES: Final = "datetime"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SERVICES: Final = (
    *("whatsapp", "telegram", "signal", "snapchat", "instagram", "messenger", "facebook", "tiktok", "viber", "kik"),
    *("wechat", "skype", "discord", "threema", "wickr", "line", "textnow", "burner", "teams", "slack", "imessage"),
    *("zangi", "hangouts", "googlechat", "twitter", "sms", "mms"),
)
_OF_HANDSET: Final = frozenset({"sms", "mms", "imessage"})
_OF_SEVERAL_WORDS: Final = {
    "whatsappbusiness": "whatsapp business",
    "googlemessages": "google messages",
    "googlechat": "googlechat",
    "textnow": "textnow",
}


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """One artifact.

    Attributes:
        name: As the tool shows it; its TSV file is called so.
        table: Its table in the database. None: it is known by its TSV file alone.
        category: Under which the tool shows it.
        headings: Column to its heading, in order; empty where the description does not say.
        has_conversation: Whether the tool shows it as a conversation.
        view: What the description says of the conversation: ``textColumn``, ``directionSentValue`` ...
        is_told_by_columns: Whether its columns say that its rows are messages, where its name says nothing.
        record_count: How many rows the tool says it has. None: it does not say.
        has_utc_times: Whether the tool says of a column that it holds times: it writes those in UTC. What it cannot
            count from 1970 stays a text there, without a zone.
    """

    name: str
    table: str | None = None
    category: str = ""
    headings: Mapping[str, str] = {}
    has_conversation: bool = False
    view: Mapping[str, str] = {}
    is_told_by_columns: bool = False
    record_count: int | None = None
    has_utc_times: bool = False

    @property
    def kind(self) -> TableKind | None:
        """What its rows become. None: nothing that is read."""
        if self.is_told_by_columns:
            return TableKind.MESSAGE
        words = self._words
        if words & _NOT_BY_NAME:
            return None
        if words & _CALLS and not self.has_conversation:
            return TableKind.CALL
        if self.has_conversation or words & _MESSAGES:
            return TableKind.MESSAGE
        if words & _CONTACTS or words >= _ADDRESS_BOOK:
            return TableKind.CONTACT
        return TableKind.ACCOUNT if words & _ACCOUNTS else None

    @property
    def is_never_read(self) -> bool:
        """Whether its rows are mails, notifications, receipts or the like, whatever columns they have."""
        return bool(self._words & _NEVER_READ)

    @property
    def _words(self) -> set[str]:
        name = f"{self.name} {self.table or ''}"
        return {*_WORD.findall(name.casefold()), *_WORD.findall(_CAMEL.sub(" ", name).casefold())}

    @property
    def service(self) -> str | None:
        """The application or service that its name says; ``sms`` for the handset's own texts."""
        told = f"{self.name} {self.category}".casefold()
        compact = "".join(_WORD.findall(told))
        several = next((service for word, service in _OF_SEVERAL_WORDS.items() if word in compact), None)
        if several is not None:
            return several
        words = set(_WORD.findall(told))
        found = [service for service in _SERVICES if service in words]
        if len(found) > 1 and set(found) <= _OF_HANDSET:
            # The tool shows its list of each under the heading of all: "MMS Messages" under "SMS & MMS".
            named = set(_WORD.findall(self.name.casefold()))
            found = [service for service in found if service in named] or found
        if not found or (set(found) <= _OF_HANDSET and len(found) > 1):
            # Of a list of both, a column of its own says which of them a row is.
            return "sms" if found else None
        return "messenger" if found[0] == "facebook" else found[0]


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What an output says of itself; None where it does not."""

    artifacts: tuple[Artifact, ...] = ()
    tool: str | None = None
    tool_version: str | None = None
    schema_version: str | None = None


def read_description(content: bytes) -> Description | None:
    """Return what the description says. None: it is none."""
    try:
        held, _ = decode_json(content)
    except ValueError:
        return None
    if not isinstance(held, dict) or "artifacts" not in held:
        return None
    about = object_in(held, "parser_info")
    version = whole_in(held, "lava_schema_version")
    return Description(
        artifacts=tuple(_artifacts(object_in(held, "artifacts")))[:_MOST_ARTIFACTS],
        tool=text_in(about, "leapp_name"),
        tool_version=text_in(about, "leapp_version"),
        schema_version=None if version is None else str(version),
    )


def _artifacts(by_category: dict[str, Json]) -> Iterator[Artifact]:
    for category in by_category:
        for held in objects_in(by_category, category):
            name, table = text_in(held, "name"), text_in(held, "tablename")
            if name is None:
                continue
            headings = object_in(held, "column_map")
            views = object_in(held, "data_views")
            view = object_in(views, "conversation") or object_in(views, "chat")
            yield Artifact(
                name=name,
                table=table,
                category=category,
                headings={key: text for key in headings if (text := text_in(headings, key)) is not None},
                has_conversation=bool(view),
                view={key: str(said) for key, said in view.items() if isinstance(said, str | int)},
                record_count=whole_in(held, "record_count"),
                has_utc_times=any(text_in(column, "type") == _TIMES for column in objects_in(held, "object_columns")),
            )


def named_artifact(name: str, table: str | None = None) -> Artifact:
    """Return an artifact that nothing describes: by the name of its table or of its file."""
    words = name.removeprefix("get_").replace("_", " ") if table is not None else name
    return Artifact(name=words, table=table)


def shared_names(artifacts: tuple[Artifact, ...]) -> frozenset[str]:
    """Return the names that several of the artifacts have, as they are compared."""
    counts = Counter(artifact_key(artifact.name) for artifact in artifacts)
    return frozenset(key for key, count in counts.items() if count > 1)


def artifact_key(name: str) -> str:
    """Return the form of a name by which an artifact and its file are compared: the tool takes out what files lack."""
    return "".join(char for char in name if char.isalnum() or char == " ").strip(" ").casefold() + (
        " " if name.endswith(" ") else ""
    )


def stem_of(member: str) -> str:
    """Return what a TSV file is called without its end."""
    return member.rpartition("/")[2][: -len(TSV_SUFFIX)]
