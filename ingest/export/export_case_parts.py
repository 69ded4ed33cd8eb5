"""What the nodes of the CASE export are made of: names, ids, facets, and the nodes that several records share.

An id is derived from what the node stands for, so that the same account, file or application is one node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from parsers.case_words import OWN_ADDRESS, OWN_PREFIX, PARTY_FACET, SOURCE_FACET, node_id

Node: TypeAlias = dict[str, Any]

CONTEXT: Final = {
    "kb": "urn:trapline:kb:",
    OWN_PREFIX: OWN_ADDRESS,
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""What the prefixes stand for; part of every bundle, so that nothing has to be fetched to read it."""

TEXTS: Final = frozenset({"sms", "mms"})
"""Services that are no application."""

_OBSERVABLE: Final = "uco-observable:"


def derived_id(kind: str, text: str) -> str:
    """Return the id of the node of a kind that stands for a text."""
    return node_id(kind, text)


def file_id(source: Mapping[str, Any]) -> str:
    """Return the id of the delivery that a record is from."""
    return derived_id("file", str(source["file_sha256"]))


def uco_facet(kind: str, owner: str, values: Mapping[str, object]) -> Node | None:
    """Return a facet of UCO with what has a value. None: nothing has."""
    held = _held(_OBSERVABLE, values)
    if not held:
        return None
    return {"@id": derived_id("facet", f"{owner} {kind}"), "@type": f"{_OBSERVABLE}{kind}Facet"} | held


def our_facet(name: str, owner: str, values: Mapping[str, object]) -> Node:
    """Return a facet of our own."""
    types = [f"{OWN_PREFIX}:{name}", "uco-core:Facet"]
    return {"@id": derived_id("facet", f"{owner} {name}"), "@type": types} | _held(f"{OWN_PREFIX}:", values)


def thing(node_id: str, kind: str | Sequence[str], facets: Sequence[Node | None], name: str | None = None) -> Node:
    """Return a node with its facets."""
    kinds = _OBSERVABLE + kind if isinstance(kind, str) else [_OBSERVABLE + each for each in kind]
    node: Node = {"@id": node_id, "@type": kinds}
    if name is not None:
        node["uco-core:name"] = name
    held = [facet for facet in facets if facet is not None]
    return node | {"uco-core:hasFacet": held} if held else node


def described(kind: str, node_id: str, values: Mapping[str, object]) -> Node:
    """Return a node that has no facets and says everything itself."""
    return {"@id": node_id, "@type": _OBSERVABLE + kind} | _held(_OBSERVABLE, values)


def relationship(source: str, target: str, kind: str) -> Node:
    """Return what joins two nodes."""
    return {
        "@id": derived_id("relationship", f"{source} {kind} {target}"),
        "@type": f"{_OBSERVABLE}ObservableRelationship",
        "uco-core:source": {"@id": source},
        "uco-core:target": {"@id": target},
        "uco-core:kindOfRelationship": kind,
        "uco-core:isDirectional": True,
    }


def instant(utc: object) -> Node | None:
    """Return an instant as UCO wants it. None: there is none."""
    return None if utc is None else {"@type": "xsd:dateTime", "@value": utc}


def party_node(party: Mapping[str, Any]) -> Node:
    """Return the account of a party, as this record shows it: another name of the same number is another node."""
    node_id = _party_id(party)
    raw, e164 = party["raw"], party["e164"]
    is_number = e164 is not None or (raw is not None and raw.strip("+ ").isdigit())
    facets = [
        uco_facet("PhoneAccount", node_id, {"phoneNumber": raw if is_number else None}),
        uco_facet("Account", node_id, {"accountIdentifier": None if is_number else raw}),
        our_facet(
            PARTY_FACET, node_id, {"raw": raw, "e164": e164, "name": party["name"], "isOwner": party["is_owner"]}
        ),
    ]
    return thing(node_id, "PhoneAccount" if is_number else "DigitalAccount", facets, party["name"])


def party_reference(party: Mapping[str, Any] | None) -> Node | None:
    """Return what points at a party."""
    return None if party is None else {"@id": _party_id(party)}


def application_node(service: str) -> Node:
    """Return the node of an application."""
    node_id = derived_id("application", service)
    facet = uco_facet("Application", node_id, {"applicationIdentifier": service})
    return thing(node_id, ("Application", "Software"), [facet], service)


def application_reference(service: object) -> Node | None:
    """Return what points at an application. None: a text of the handset's own, or not stated."""
    return None if service is None or service in TEXTS else {"@id": derived_id("application", str(service))}


def file_node(source: Mapping[str, Any]) -> Node:
    """Return the node of a delivery, with its hash."""
    node_id = file_id(source)
    hashed = {
        "@id": derived_id("hash", source["file_sha256"]),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": source["file_sha256"]},
    }
    facets = [
        uco_facet("File", node_id, {"fileName": source["file_name"]}),
        uco_facet("ContentData", node_id, {"hash": [hashed]}),
        our_facet(SOURCE_FACET, node_id, {}),
    ]
    return thing(node_id, "File", facets)


def _party_id(party: Mapping[str, Any]) -> str:
    return derived_id("account", f"{party['raw']!r} {party['e164']!r} {party['name']!r} {party['is_owner']!r}")


def _held(prefix: str, values: Mapping[str, object]) -> Node:
    return {prefix + name: value for name, value in values.items() if value is not None and value != []}
