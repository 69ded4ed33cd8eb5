"""The analysis as JSON: one object a text, in the shape of the contract (``analysis.schema.json``)."""

from __future__ import annotations

from typing import Any

from parsers.records.findings import Span, SpanKind, TextFinding


def analysis_line(line_id: str, text: str, finding: TextFinding) -> dict[str, Any]:
    """Return one line of ``trapline analyse``.

    Args:
        line_id: The caller's own id of the text.
        text: The text, of which the finding was made; surfaces are taken from it.
        finding: What the analysis found.
    """
    change = finding.number_change
    numbers = _of(finding, SpanKind.NUMBER)
    return {
        "id": line_id,
        "is_advert": finding.is_advert,
        "advert_score": finding.advert_score,
        "line": finding.line,
        "line_surface": finding.line_surface,
        "drugs": [
            {"canonical": span.canonical, "surface": text[span.start : span.end], "start": span.start, "end": span.end}
            for span in _of(finding, SpanKind.DRUG)
        ],
        "prices": _surfaces(text, finding, SpanKind.PRICE),
        "numbers": [text[span.start : span.end] for span in numbers],
        "numbers_e164": [span.canonical for span in numbers],
        "hours": _surfaces(text, finding, SpanKind.HOURS),
        "number_change": {"role": change.role.value, "number": change.number},
        "stock_words": _surfaces(text, finding, SpanKind.STOCK),
        "offers": _surfaces(text, finding, SpanKind.OFFER),
        "places": _surfaces(text, finding, SpanKind.PLACE),
        "cluster": finding.template_id,
        "template": finding.template,
        "rules": list(finding.rules),
        "nlp_version": finding.nlp_version,
        "lexicon_version": finding.lexicon_version,
    }


def _of(finding: TextFinding, kind: SpanKind) -> list[Span]:
    return [span for span in finding.spans if span.kind is kind]


def _surfaces(text: str, finding: TextFinding, kind: SpanKind) -> list[str]:
    return [text[span.start : span.end] for span in _of(finding, kind)]
