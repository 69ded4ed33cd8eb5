"""The pairs of ``Attribute`` and ``Data`` in which a report says what the device is."""

from __future__ import annotations

from parsers.device_attributes import Attribute
from parsers.formats.xry_text.entities import Entity


def attributes_of(entity: Entity) -> list[Attribute]:
    """Return the pairs of an entity, in either order of their two lines; a key of its own is a pair as it stands."""
    found: list[Attribute] = []
    name: str | None = None
    value: str | None = None
    for field in entity.fields:
        if field.key not in {"attribute", "data"}:
            found.append(Attribute(field.name, field.value))
            continue
        if (field.key == "attribute" and name is not None) or (field.key == "data" and value is not None):
            found.append(Attribute(name or "", value or ""))
            name = value = None
        if field.key == "attribute":
            name = field.value
        else:
            value = field.value
        if name is not None and value is not None:
            found.append(Attribute(name, value))
            name = value = None
    if name is not None or value is not None:
        found.append(Attribute(name or "", value or ""))
    found.extend(Attribute("", line) for line in entity.stray)
    return [each for each in found if each.value]
