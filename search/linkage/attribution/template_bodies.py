"""Texts of templates, and messages of them as they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from search.contract import TemplateEntry

BODIES_A_TEMPLATE: Final = 5
_BODIES_WITH_NUMBERS: Final = 100
_GIVES_NUMBER: Final = "{number}"


def first_texts(templates: Iterable[TemplateEntry]) -> dict[str, str]:
    """Return the text of each template; where extractions show several, that of the first one."""
    texts: dict[str, str] = {}
    for template in templates:
        texts.setdefault(template.template_id, template.text)
    return texts


def template_bodies(templates: Iterable[TemplateEntry]) -> dict[str, tuple[str, ...]]:
    """Return some messages of each template by its id: of one phone, and of more where each may give another number."""
    bodies: dict[str, dict[str, None]] = {}
    for template in templates:
        held, has_number = bodies.get(template.template_id), _GIVES_NUMBER in template.text
        if held is None or (has_number and len(held) < _BODIES_WITH_NUMBERS):
            most = _BODIES_WITH_NUMBERS if has_number else BODIES_A_TEMPLATE
            shown = dict.fromkeys(body for body, _, _ in template.variants[:most])
            bodies[template.template_id] = {**(held or {}), **shown}
    return {template_id: tuple(held) for template_id, held in bodies.items()}
