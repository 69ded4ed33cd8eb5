"""Wordings that are one template though each has an id of its own: what a report and an export state of them.

The id of a text's wording is of the text alone and never changes, so that edges and flares of many phones can stand
under it before all of them are there. A template is more: the same wording typed otherwise, with a word more or less,
with the name of its line or without (``nlp.templates.families``), or with a name that one text was too short to tell.
Which wordings are one follows from those that are held together, so that it is worked out where they are stated, from
the templates of adverts and flares; a group is named by the least id in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.templates.families import group_templates
from search.contract import TemplateEntry


class TemplateGroups:
    """Gives the id under which a wording is stated.

    Args:
        texts: Template text by id.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._named = group_templates(texts)

    def of(self, template_id: str) -> str:
        """Return the id of the group of a wording; its own where it is not known."""
        return self._named.get(template_id, template_id)


def note_text(texts: dict[str, str], entry: TemplateEntry) -> None:
    """Note the text of a template: of an id that has several the least, so that no order of reading matters."""
    texts[entry.template_id] = min(entry.text, texts.get(entry.template_id, entry.text))


def groups_of(entries: Iterable[TemplateEntry]) -> TemplateGroups:
    """Return the groups of all templates of some extractions."""
    texts: dict[str, str] = {}
    for entry in entries:
        note_text(texts, entry)
    return TemplateGroups(texts)
