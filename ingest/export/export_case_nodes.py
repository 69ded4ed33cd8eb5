"""The nodes of the CASE export: what one record says, in the words of UCO, with a facet of ours for the rest.

UCO has no word for a raw time with its offset, for the direction and what it rests on, for folder and status, or for
the place in the original; those stand in ``TraplineRecordFacet``. What the analysis says stands apart from the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from ingest.export.export_case_parts import (
    TEXTS,
    Node,
    application_node,
    application_reference,
    derived_id,
    described,
    file_id,
    file_node,
    instant,
    our_facet,
    party_node,
    party_reference,
    relationship,
    thing,
    uco_facet,
)
from ingest.export.export_records import Exportable
from parsers.case_words import (
    ANALYSIS_FACET,
    CLOCK_TIMES,
    EXTRACTION_FACET,
    IDENTIFIERS,
    RECORD_FACET,
    SOURCE_FACET,
    TIMES,
)
from search.contract import ExtractionEntry

Fields: TypeAlias = Mapping[str, Any]
"""A record in the contract's shape; what a key holds depends on the kind."""

_OF_RECORD: Final = {
    "record_id": "recordId",
    "kind": "kind",
    "extraction_id": "extractionId",
    "device_id": "deviceId",
    "case_ref": "caseRef",
    "exhibit_ref": "exhibitRef",
    "deleted": "deleted",
    "duplicate_of": "duplicateOf",
    "listing": "listing",
    "service": "service",
    "direction": "direction",
    "direction_basis": "directionBasis",
    "call_type": "callType",
    "duration_seconds": "duration",
    "status": "status",
    "folder": "folder",
    "smsc": "smsc",
    "thread": "thread",
    "body_notices": "bodyNotice",
    "stored_in": "storedIn",
    "make": "make",
}
_OF_SOURCE: Final = ("member", "locator", "parser")
_OF_ANALYSIS: Final = {
    "is_advert": "isAdvert",
    "advert_score": "advertScore",
    "template_id": "templateId",
    "line": "line",
    "line_surface": "lineSurface",
    "line_alone": "lineAlone",
    "line_rule": "lineRule",
    "flare_id": "flareId",
    "nlp_version": "nlpVersion",
}


def tool_node(tool_version: str) -> Node:
    """Return the node of the program that writes the bundle."""
    return {
        "@id": derived_id("tool", "trapline"),
        "@type": "uco-tool:Tool",
        "uco-core:name": "Trapline",
        "uco-tool:version": tool_version,
    }


def extraction_node(extraction: ExtractionEntry) -> Node:
    """Return the node of an extraction: what tells its device apart, which records need not say."""
    node_id = derived_id("extraction", extraction.extraction_id)
    held: dict[str, object] = {name: list(getattr(extraction, name)) for name in IDENTIFIERS}
    held |= {"make": extraction.make, "model": extraction.model, "partKind": extraction.part_kind}
    held |= {"caseRef": extraction.case_ref, "exhibitRef": extraction.exhibit_ref}
    held |= {"extractionId": extraction.extraction_id, "deviceId": extraction.device_id}
    return thing(node_id, "ObservableObject", [our_facet(EXTRACTION_FACET, node_id, held)])


def nodes_of(record: Exportable) -> Iterator[Node]:
    """Yield the nodes of a record: those that it names first, its own behind them, what links both last."""
    fields: Fields = record
    yield file_node(fields["source"])
    yield from _MAKERS[fields["kind"]](fields)


def _message(record: Fields) -> Iterator[Node]:
    yield from _around(record)
    service = record["service"]
    node_id = _record_id(record)
    sent = (record["times"]["sent"] or {}).get("utc") or record["time"]["utc"]
    facet = uco_facet(
        "Message",
        node_id,
        {
            "application": application_reference(service),
            "from": party_reference(record["from"]),
            "to": [party_reference(party) for party in record["to"]],
            "messageText": record["body"],
            "messageType": service,
            "sentTime": instant(sent),
            "sessionID": record["thread"],
        },
    )
    yield _record_node(record, "SMSMessage" if service in TEXTS else "Message", [facet])
    for place, attachment in enumerate(record["attachments"]):
        attached_id = derived_id("attachment", f"{node_id} {place} {attachment['name']} {attachment['member']}")
        facets = [
            uco_facet("File", attached_id, {"fileName": attachment["name"], "sizeInBytes": attachment["size_bytes"]}),
            uco_facet("ContentData", attached_id, {"mimeType": attachment["content_type"]}),
            our_facet(SOURCE_FACET, attached_id, {"member": attachment["member"]}),
        ]
        yield thing(attached_id, "File", facets)
        yield relationship(attached_id, node_id, "Attachment_Of")


def _call(record: Fields) -> Iterator[Node]:
    yield from _around(record)
    duration = record["duration_seconds"]
    facet = uco_facet(
        "Call",
        _record_id(record),
        {
            "application": application_reference(record["service"]),
            "callType": record["call_type"],
            "duration": int(duration) if duration is not None and float(duration).is_integer() else None,
            "from": party_reference(record["from"]),
            "to": [party_reference(party) for party in record["to"]],
            "startTime": instant(record["time"]["utc"]),
        },
    )
    yield _record_node(record, "Call", [facet])


def _contact(record: Fields) -> Iterator[Node]:
    node_id = _record_id(record)
    phones, mails, messengers = [], [], []
    for place, number in enumerate(record["numbers"]):
        party = {"raw": number["raw"], "e164": number["e164"], "name": None, "is_owner": None}
        yield party_node(party)
        phone_id = derived_id("phone", f"{node_id} {place} {number['raw']} {number['label']}")
        phones.append(
            described(
                "ContactPhone",
                phone_id,
                {"contactPhoneNumber": party_reference(party), "contactPhoneScope": number["label"]},
            )
        )
    for address in record["emails"]:
        mail_id = derived_id("mail", str(address))
        facet = uco_facet("EmailAddress", mail_id, {"addressValue": address})
        yield thing(mail_id, "EmailAddress", [facet])
        mails.append(described("ContactEmail", derived_id("contact-mail", mail_id), {"emailAddress": {"@id": mail_id}}))
    for handle in record["handles"]:
        party = {"raw": handle, "e164": None, "name": None, "is_owner": None}
        yield party_node(party)
        messengers.append(
            described(
                "ContactMessaging",
                derived_id("messenger", f"{node_id} {handle}"),
                {"messagingAddress": party_reference(party)},
            )
        )
    facet = uco_facet(
        "Contact",
        node_id,
        {"displayName": record["name"], "contactPhone": phones, "contactEmail": mails, "contactMessaging": messengers},
    )
    yield _record_node(record, "Contact", [facet])


def _account(record: Fields) -> Iterator[Node]:
    node_id = _record_id(record)
    numbers = [str(number["raw"]) for number in record["numbers"]]
    handles = [str(handle) for handle in record["handles"]]
    service = record["service"]
    if service is not None and service not in TEXTS:
        yield application_node(str(service))
    facets = [
        uco_facet("Account", node_id, {"accountIdentifier": handles[0] if handles else None}),
        uco_facet("PhoneAccount", node_id, {"phoneNumber": numbers[0] if numbers else None}),
        uco_facet("DigitalAccount", node_id, {"displayName": record["name"], "accountLogin": handles}),
        uco_facet("ApplicationAccount", node_id, {"application": application_reference(service)}),
    ]
    more = {
        "numberRaw": {"@list": numbers},
        # A list has nothing in place of what is absent.
        "numberE164": {"@list": [str(number["e164"] or "") for number in record["numbers"]]},
        "handle": {"@list": handles},
    }
    yield _record_node(record, "PhoneAccount" if numbers else "DigitalAccount", facets, more=more)


def _sim(record: Fields) -> Iterator[Node]:
    # UCO gives a card one of each; all of them stand in our own facet.
    firsts = {name.upper(): record[name][0] for name in ("iccid", "imsi") if record[name]}
    facet = uco_facet("SIMCard", _record_id(record), firsts)
    yield _record_node(record, "SIMCard", [facet], more=_identifiers(record))


def _device(record: Fields) -> Iterator[Node]:
    node_id = _record_id(record)
    make, system, clock = record["make"], record["os"], record["clock"]
    maker_id = derived_id("organization", str(make))
    if make is not None:
        yield {"@id": maker_id, "@type": "uco-identity:Organization", "uco-core:name": make}
    device_time = (clock or {}).get("device_time") or {}
    facets = [
        uco_facet(
            "Device",
            node_id,
            {"manufacturer": {"@id": maker_id} if make is not None else None, "model": record["model"]},
        ),
        uco_facet(
            "MobileDevice",
            node_id,
            {"IMEI": record["imei"], "clockSetting": instant(device_time.get("utc"))},
        ),
    ]
    yield _record_node(record, "MobileDevice", facets, more=_identifiers(record))
    if system is not None:
        system_id = derived_id("system", str(system))
        yield thing(system_id, ("OperatingSystem", "Software"), [], system)
        yield relationship(node_id, system_id, "Has_Operating_System")


_MAKERS: Final[dict[str, Callable[[Fields], Iterator[Node]]]] = {
    "message": _message,
    "call": _call,
    "contact": _contact,
    "account": _account,
    "sim": _sim,
    "device": _device,
}


def _around(record: Fields) -> Iterator[Node]:
    """Yield the parties and the application of a message or a call."""
    for party in (record["from"], *record["to"]):
        if party is not None:
            yield party_node(party)
    service = record["service"]
    if service is not None and service not in TEXTS:
        yield application_node(str(service))


def _record_node(
    record: Fields,
    type_name: str,
    facets: list[Node | None],
    more: Mapping[str, object] | None = None,
) -> Node:
    node_id = _record_id(record)
    if record["deleted"] == "deleted":
        facets.append(uco_facet("RecoveredObject", node_id, {"contentRecoveredStatus": "recovered"}))
    facets += [
        our_facet(RECORD_FACET, node_id, _own_facts(record) | dict(more or {})),
        _analysis_facet(record, node_id),
    ]
    return thing(node_id, type_name, facets)


def _own_facts(record: Fields) -> Node:
    source = record["source"]
    facts: Node = {ours: record.get(name) for name, ours in _OF_RECORD.items()}
    facts |= {name: source[name] for name in _OF_SOURCE}
    facts |= {"parserVersion": source["parser_version"], "file": {"@id": file_id(source)}}
    times = record.get("times") or {}
    for name in TIMES:
        facts |= _moment(name, record.get("time") if name == "time" else times.get(name))
    clock = record.get("clock") or {}
    for name, key in zip(CLOCK_TIMES, ("device_time", "extraction_time"), strict=True):
        facts |= _moment(name, clock.get(key))
    facts |= {"clockErrorSeconds": clock.get("error_seconds"), "clockTimeZone": clock.get("time_zone")}
    extra = record.get("extra")
    if extra:
        # A list of linked data has no order, unless it is said to have one.
        facts["extraName"] = {"@list": [each["name"] for each in extra]}
        facts["extraText"] = {"@list": [each["text"] for each in extra]}
    return facts


def _moment(name: str, moment: Mapping[str, Any] | None) -> Node:
    if moment is None or moment["raw"] is None:
        return {}
    return {
        f"{name}Raw": moment["raw"],
        f"{name}Utc": moment["utc"],
        f"{name}OffsetMinutes": moment["offset_minutes"],
        f"{name}Basis": moment["basis"],
    }


def _analysis_facet(record: Fields, node_id: str) -> Node | None:
    analysis = record.get("analysis")
    if analysis is None:
        return None
    return our_facet(ANALYSIS_FACET, node_id, {ours: analysis.get(name) for name, ours in _OF_ANALYSIS.items()})


def _identifiers(record: Fields) -> Node:
    return {name.upper(): record[name] for name in IDENTIFIERS}


def _record_id(record: Fields) -> str:
    return derived_id(str(record["kind"]), str(record["record_id"]))
