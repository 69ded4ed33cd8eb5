"""Writes truth as a CASE bundle, in the ways in which different programs write the same graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from ingest.demo.truth import Holding, Peer, PhoneCall, SavedContact, TextMessage, Travel, VendorReport

_Node = dict[str, Any]

_CONTEXT: Final = {
    "kb": "http://example.org/kb/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "co": "http://purl.org/co/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OBSERVABLE: Final = "uco-observable:"
_FACETS: Final = "uco-core:hasFacet"
_PACKAGES: Final = {"whatsapp": "com.whatsapp", "telegram": "org.telegram.messenger"}


class CaseStyle(StrEnum):
    """How the graph is written: as the community's examples, as a converter of UFED reports, with facets as nodes of
    their own, expanded (addresses and no prefixes), as in the first versions of CASE, or as a bundle within a graph.
    """  # noqa: D205 - a list of names

    COMMUNITY = "community"
    CONVERTER = "converter"
    FLATTENED = "flattened"
    EXPANDED = "expanded"
    FIRST = "first"
    BUNDLE = "bundle"


def write_case(path: Path, report: VendorReport, style: CaseStyle = CaseStyle.COMMUNITY) -> Path:
    """Write the holdings of a report into one bundle and return the path. A draft has no form in CASE and is left."""
    nodes = [*_about(report), *(node for holding in report.holdings for node in _nodes(holding))]
    once = list({node["@id"]: node for node in nodes}.values())
    path.write_text(json.dumps(_STYLES[style](once), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _about(report: VendorReport) -> Iterator[_Node]:
    yield {
        "@id": _id("tool", report.key),
        "@type": "uco-tool:Tool",
        "uco-core:name": "Example Reader",
        "uco-tool:version": report.tool_version or "1.0",
    }
    if report.exhibit_ref is not None:
        yield {
            "@id": _id("provenance-record", report.key),
            "@type": "case-investigation:ProvenanceRecord",
            "case-investigation:exhibitNumber": report.exhibit_ref,
        }


def _nodes(holding: Holding) -> Iterator[_Node]:
    own = _own_account(holding)
    yield from _handset(holding, own)
    for contact in holding.contacts:
        yield from _contact(contact)
    for text in holding.texts:
        yield from _message(text, own, None)
    for call in holding.calls:
        yield from _call(call, own)
    for chat in holding.chats:
        for message in chat.messages:
            yield from _message(message, own, chat.service)
        yield _thing(
            _id("thread", chat.key),
            "MessageThread",
            MessageThread={
                "messageThread": {
                    "@id": _id("thread-list", chat.key),
                    "@type": "uco-types:Thread",
                    "co:element": [{"@id": _id("message", message.key)} for message in chat.messages],
                },
                "participant": [{"@id": _account_id(peer)} for peer in chat.participants],
            },
        )


def _handset(holding: Holding, own: _Node | None) -> Iterator[_Node]:
    handset, sim = holding.handset, holding.sim
    device_id = _id("mobile-device", str(handset))
    if handset is not None:
        maker = {"@id": _id("organization", handset.make), "@type": "uco-identity:Organization"}
        yield maker | {"uco-core:name": handset.make}
        yield _thing(
            device_id,
            "MobileDevice",
            Device={"manufacturer": {"@id": maker["@id"]}, "model": handset.model, "serialNumber": handset.serial},
            MobileDevice={"IMEI": list(handset.imei), "clockSetting": _instant(handset.clock_at_reading)},
            OperatingSystem={"name": handset.os, "version": handset.os_version},
        )
    if sim is not None:
        sim_id = _id("sim-card", str(sim.iccid))
        yield _thing(sim_id, "SIMCard", SIMCard={"ICCID": sim.iccid, "IMSI": sim.imsi})
        yield _relationship(sim_id, device_id, "Contained_Within")
    if own is not None:
        yield own
        yield _relationship(device_id, own["@id"], "Has_Account")


def _own_account(holding: Holding) -> _Node | None:
    number = holding.sim.msisdn if holding.sim is not None else None
    if number is None:
        return None
    return _thing(_id("mobile-account", number), "MobileAccount", MobileAccount={"MSISDN": number})


def _message(text: TextMessage, own: _Node | None, service: str | None) -> Iterator[_Node]:
    if text.travel is Travel.DRAFT:
        return
    for peer in text.peers:
        yield _account(peer)
    others = [{"@id": _account_id(peer)} for peer in text.peers]
    owner = [{"@id": own["@id"]}] if own is not None else []
    came = text.travel is Travel.IN
    application: _Node | None = None
    if service is not None:
        identifier = _PACKAGES.get(service, service)
        application = {"@id": _id("application", service)}
        yield _thing(application["@id"], "Application", Application={"applicationIdentifier": identifier})
    facets: dict[str, _Node] = {
        "Message": {
            "application": application,
            "messageText": text.body,
            "from": next(iter(others if came else owner), None),
            "to": owner if came else others,
            "sentTime": _instant(text.at),
        }
    }
    if text.deleted:
        facets["RecoveredObject"] = {"contentRecoveredStatus": "recovered"}
    node_id = _id("message", text.key)
    yield _thing(node_id, "Message" if service is not None else "SMSMessage", **facets)
    for file in text.files:
        file_id = _id("file", file.key)
        yield _thing(
            file_id,
            "File",
            File={"fileName": file.source_path, "sizeInBytes": len(file.content or b"")},
            ContentData={"mimeType": file.content_type},
        )
        yield _relationship(file_id, node_id, "Attachment_Of")


def _call(call: PhoneCall, own: _Node | None) -> Iterator[_Node]:
    yield _account(call.peer)
    peer, owner = {"@id": _account_id(call.peer)}, {"@id": own["@id"]} if own is not None else None
    went = call.call_type == "outgoing"
    yield _thing(
        _id("call", call.key),
        "Call",
        Call={
            "callType": call.call_type,
            "duration": call.duration_seconds,
            "startTime": _instant(call.at),
            "from": owner if went else peer,
            "to": peer if went else owner,
        },
    )


def _contact(contact: SavedContact) -> Iterator[_Node]:
    phones = []
    for number in contact.numbers:
        peer = Peer(number.written, number.number)
        yield _account(peer)
        phones.append(
            {
                "@id": _id("contact-phone", f"{contact.key} {number.written}"),
                "@type": f"{_OBSERVABLE}ContactPhone",
                f"{_OBSERVABLE}contactPhoneNumber": {"@id": _account_id(peer)},
                f"{_OBSERVABLE}contactPhoneScope": number.label,
            }
        )
    yield _thing(_id("contact", contact.key), "Contact", Contact={"displayName": contact.name, "contactPhone": phones})


def _account(peer: Peer) -> _Node:
    is_number = peer.number is not None
    facets: dict[str, _Node] = {"Account": {"accountIdentifier": None if is_number else peer.written}}
    if is_number:
        facets["PhoneAccount"] = {"phoneNumber": peer.written}
    node = _thing(_account_id(peer), "PhoneAccount" if is_number else "DigitalAccount", **facets)
    return node | ({"uco-core:name": peer.name} if peer.name is not None else {})


def _account_id(peer: Peer) -> str:
    return _id("account", f"{peer.written} {peer.name}")


def _thing(node_id: str, kind: str, **facets: _Node) -> _Node:
    held = [
        {"@id": _id("facet", f"{node_id} {name}"), "@type": f"{_OBSERVABLE}{name}Facet"}
        | {
            (f"uco-core:{key}" if key == "name" else _OBSERVABLE + key): value
            for key, value in values.items()
            if value not in (None, [])
        }
        for name, values in facets.items()
    ]
    return {"@id": node_id, "@type": _OBSERVABLE + kind, _FACETS: held}


def _relationship(source: str, target: str, kind: str) -> _Node:
    return {
        "@id": _id("relationship", f"{source} {kind} {target}"),
        "@type": f"{_OBSERVABLE}ObservableRelationship",
        "uco-core:source": {"@id": source},
        "uco-core:target": {"@id": target},
        "uco-core:kindOfRelationship": kind,
        "uco-core:isDirectional": True,
    }


def _instant(at: datetime | None) -> _Node | None:
    return None if at is None else {"@type": "xsd:dateTime", "@value": at.isoformat()}


def _id(kind: str, text: str) -> str:
    return f"kb:{kind}-{uuid5(NAMESPACE_URL, f'{kind} {text}')}"


def _community(nodes: list[_Node]) -> object:
    return {"@context": _CONTEXT, "@graph": nodes}


def _converter(nodes: list[_Node]) -> object:
    """All of one type, told by their facets; relationships keep theirs."""
    plain = [
        node | {"@type": f"{_OBSERVABLE}ObservableObject"} if _FACETS in node and not _is_owned(node) else node
        for node in nodes
    ]
    return {"@context": _CONTEXT, "uco-core:object": plain}


def _is_owned(node: _Node) -> bool:
    """Whether a node is the handset or its card, which the converter gives types of their own."""
    return str(node["@type"]).endswith(("MobileDevice", "MobileAccount"))


def _flattened(nodes: list[_Node]) -> object:
    flat: list[_Node] = []
    for node in nodes:
        facets = node.get(_FACETS, [])
        flat += facets
        flat.append(node | {_FACETS: [{"@id": facet["@id"]} for facet in facets]} if facets else node)
    return {"@context": _CONTEXT, "@graph": flat}


def _expanded(nodes: list[_Node]) -> object:
    return [_opened(node) for node in nodes]


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return [_opened(each) for each in value]
    if not isinstance(value, dict):
        return {"@value": value}
    found: _Node = {}
    for key, inner in value.items():
        if key == "@id":
            found[key] = _address(inner)
        elif key == "@type":
            found[key] = [_address(inner)] if "@value" not in value else _address(inner)
        elif key == "@value":
            found[key] = inner
        else:
            opened = _opened(inner)
            found[_address(key)] = opened if isinstance(opened, list) else [opened]
    return found


def _address(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return _CONTEXT.get(prefix, f"{prefix}:") + rest


def _first(nodes: list[_Node]) -> object:
    """Bare names, facets in a property bundle, references as texts."""
    return {"@context": {"@vocab": "http://case.example.org/core#"}, "@graph": [_bare(node) for node in nodes]}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"@id"}:
        return value["@id"].removeprefix("kb:")
    found: _Node = {}
    for key, inner in value.items():
        name = key.rpartition(":")[2] if not key.startswith("@") else key
        if key == "@id":
            found[key] = inner.removeprefix("kb:")
        elif key == "@type":
            found[key] = inner if "@value" in value else inner.rpartition(":")[2].removesuffix("Facet")
        else:
            found["propertyBundle" if key == _FACETS else name] = _bare(inner)
    return found


def _bundle(nodes: list[_Node]) -> object:
    bundle = {"@id": _id("bundle", "one"), "@type": "uco-core:Bundle", "uco-core:name": "One", "uco-core:object": nodes}
    return {"@context": _CONTEXT, "@graph": [bundle]}


_STYLES: Final = {
    CaseStyle.COMMUNITY: _community,
    CaseStyle.CONVERTER: _converter,
    CaseStyle.FLATTENED: _flattened,
    CaseStyle.EXPANDED: _expanded,
    CaseStyle.FIRST: _first,
    CaseStyle.BUNDLE: _bundle,
}
