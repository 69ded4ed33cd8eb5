"""Call, Contact, UserAccount and SIMData models, and models of types that nobody reads."""

from __future__ import annotations

from ingest.demo.truth import Holding, OtherElement, OwnedAccount, PhoneCall, SavedContact
from ingest.demo.writers.ufdr.elements import STEP, ElementWriter, field, multi_field, multi_model_field
from ingest.demo.writers.ufdr.messages import TOP

_TYPES = {
    "incoming": "Incoming",
    "outgoing": "Outgoing",
    "missed": "Missed",
    "rejected": "Rejected",
    "voicemail": "Voicemail",
}
_STATUSES = {"missed": "Missed", "rejected": "Rejected", "voicemail": "Voicemail"}


def time_span(seconds: int) -> str:
    """Return ``HH:MM:SS``, with the days before it where there are any."""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    clock = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    return f"{days}.{clock}" if days else clock


def call(writer: ElementWriter, truth: PhoneCall, extraction: int) -> str:
    """Return one Call model; its party's role says nothing in 3.0 (``General``)."""
    pad = TOP + STEP
    dialect = writer.dialect
    came_in = truth.call_type != "outgoing"
    role = ("From" if came_in else "To") if dialect.has_call_direction else "General"
    party = writer.party(
        pad + STEP, writer.guid("caller", str(extraction), truth.key), truth.peer, role, extraction=extraction
    )
    fields = ""
    if dialect.has_long_attributes:
        fields += field(pad, "Source", "String", None)
    if dialect.has_call_direction:
        fields += field(pad, "Direction", "ModelDirections", "Incoming" if came_in else "Outgoing")
    if dialect.has_call_type:
        fields += field(pad, "Type", "CallType", _TYPES[truth.call_type])
    else:
        answered = "Established" if truth.duration_seconds or came_in else "NotEstablishedUnknownReason"
        fields += field(pad, "Status", "CallStatus", _STATUSES.get(truth.call_type, answered))
    fields += (
        writer.time(pad, "TimeStamp", truth.at, zoneless=truth.zoneless)
        + field(pad, "Duration", "TimeSpan", time_span(truth.duration_seconds))
        + field(pad, "CountryCode", "String", None)
        + field(pad, "NetworkCode", "String", None)
    )
    if not dialect.has_long_attributes:
        fields += field(pad, "Source", "String", None)
    fields += multi_model_field(pad, "Parties", "Party", party) + field(pad, "VideoCall", "Boolean", "False")
    state = "Deleted" if truth.deleted else "Intact"
    model_id = writer.guid("call", str(extraction), truth.key)
    return writer.model(TOP, "Call", model_id, fields, state=state, extraction=extraction)


def _entry(writer: ElementWriter, pad: str, kind: str, key: str, values: tuple[str, str, str], extraction: int) -> str:
    """Return one ContactEntry; ``values`` are category, value and domain."""
    inner = pad + STEP
    category, value, domain = values
    fields = (
        field(inner, "Category", "String", category)
        + field(inner, "Value", "String", value)
        + field(inner, "Domain", "String", domain)
    )
    return writer.model(pad, kind, writer.guid("entry", str(extraction), key), fields, extraction=extraction)


def contact(writer: ElementWriter, truth: SavedContact, extraction: int) -> str:
    """Return one Contact model with its numbers and addresses as entries."""
    pad = TOP + STEP
    domain = "Phone Number" if writer.dialect.has_long_attributes else "Phone"
    entries = "".join(
        _entry(
            writer,
            pad + STEP,
            "PhoneNumber",
            f"{truth.key}-{place}",
            (saved.label, saved.written, domain),
            extraction,
        )
        for place, saved in enumerate(truth.numbers)
    ) + "".join(
        _entry(writer, pad + STEP, "EmailAddress", f"{truth.key}-m{place}", ("Home", email, "Email"), extraction)
        for place, email in enumerate(truth.emails)
    )
    fields = (
        field(pad, "Name", "String", truth.name)
        + multi_model_field(pad, "Photos", "ContactPhoto", "")
        + multi_model_field(pad, "Entries", "ContactEntry", entries)
        + multi_field(pad, "Notes", "String", [])
        + multi_model_field(pad, "Addresses", "StreetAddress", "")
        + multi_model_field(pad, "Organizations", "Organization", "")
        + field(pad, "Group", "String", None)
        + field(pad, "Source", "String", "SIM" if truth.on_sim else "Phone")
    )
    state = "Deleted" if truth.deleted else "Intact"
    model_id = writer.guid("contact", str(extraction), truth.key)
    return writer.model(TOP, "Contact", model_id, fields, state=state, extraction=extraction)


def account(writer: ElementWriter, truth: OwnedAccount, extraction: int) -> str:
    """Return one UserAccount model."""
    pad = TOP + STEP
    entries = ""
    if truth.number is not None:
        values = (truth.number.label, truth.number.written, "Phone Number")
        entries = _entry(writer, pad + STEP, "PhoneNumber", f"{truth.key}-0", values, extraction)
    fields = (
        field(pad, "Source", "String", truth.service)
        + field(pad, "Name", "String", truth.name)
        + field(pad, "Username", "String", truth.username)
        + field(pad, "ServiceType", "String", truth.service)
        + field(pad, "Password", "String", None)
        + field(pad, "ServerAddress", "String", None)
        + writer.time(pad, "TimeCreated", None)
        + multi_model_field(pad, "Entries", "ContactEntry", entries)
        + multi_model_field(pad, "Photos", "ContactPhoto", "")
        + multi_field(pad, "Notes", "String", [])
    )
    model_id = writer.guid("account", str(extraction), truth.key)
    return writer.model(TOP, "UserAccount", model_id, fields, extraction=extraction)


def sim_data(writer: ElementWriter, holding: Holding, extraction: int) -> str:
    """Return the SIMData models of a SIM's extraction: its own number and its provider."""
    sim = holding.sim
    if sim is None:
        return ""
    pad = TOP + STEP
    rows = (
        ("MSISDN 1", sim.msisdn or "N/A", "SIM / USIM MSISDN"),
        ("Service provider", sim.network or "N/A", "SIM / USIM Provider"),
    )
    return "".join(
        writer.model(
            TOP,
            "SIMData",
            writer.guid("sim", str(extraction), name),
            field(pad, "Name", "String", name)
            + field(pad, "Value", "String", value)
            + field(pad, "Category", "String", category),
            extraction=extraction,
        )
        for name, value, category in rows
    )


def other(writer: ElementWriter, truth: OtherElement, extraction: int) -> str:
    """Return a model of any other type, with text fields."""
    fields = "".join(field(TOP + STEP, name, "String", value) for name, value in truth.fields)
    model_id = writer.guid("other", str(extraction), truth.element_type, truth.key)
    return writer.model(TOP, truth.element_type, model_id, fields, extraction=extraction)
