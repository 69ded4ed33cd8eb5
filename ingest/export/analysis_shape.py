"""What the analysis says of a record, in the shape in which the record export carries it."""

from __future__ import annotations

from parsers.records.findings import TextFinding
from search.line_names import LineName
from search.template_groups import TemplateGroups


def analysis_of(
    finding: TextFinding | None,
    flare_id: str | None,
    groups: TemplateGroups | None = None,
    name: LineName | None = None,
) -> dict[str, object] | None:
    """Return what is said of a message, in the shape of the record export; None: it was not analysed.

    Every text has its template, as ``trapline analyse`` gives it a cluster: a copy of an advert's wording that is taken
    for none is still found by it. It stands under the id of the group that its wording is in, among all that the data
    folder holds, where ``groups`` are given, else under the wording's own. (In an index, where each is an entry, only
    adverts and records of a flare have it.) So the line is the one that the text names beside all adverts that the data
    folder holds, where its ``name`` is given, with the rule by which it does; ``line_alone`` is what it says by itself.
    The flare is what the record's extraction shows by itself, so
    that an export needs no other: linkage states it, or names it with the reason why it is none (``flares_left_out`` of
    the report). What other phones alone show to be a broadcast stands on no record, and names its first and last one.
    """
    if finding is None:
        return None
    name = LineName(finding.line, finding.line_surface) if name is None else name
    return {
        "is_advert": finding.is_advert,
        "advert_score": finding.advert_score,
        "template_id": finding.template_id if groups is None else groups.of(finding.template_id),
        "line": name.line,
        "line_surface": name.surface,
        "line_alone": finding.line,
        "line_rule": name.rule,
        "flare_id": flare_id,
        "nlp_version": finding.nlp_version,
    }
