"""Rows of tables that are no list of the report as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.reports.caveats import SCORE_CAVEAT
from search.reports.tables import Item


def about_rows(report: Item) -> Iterable[Item]:
    """Yield what the report is of and was made by."""
    scope = report["scope"]
    yield {"what": "schema", "value": report["schema"]}
    yield {"what": "made at (UTC)", "value": report["generated_at"]}
    yield {"what": "cases", "value": "; ".join(scope["cases"]) or "all"}
    yield {"what": "exhibits", "value": "; ".join(scope["exhibits"]) or "all"}
    yield {"what": "from (UTC)", "value": scope["from"]}
    yield {"what": "to (UTC)", "value": scope["to"]}
    for key, value in report["software"].items():
        shown = "; ".join(f"{name} {one}" for name, one in value.items()) if isinstance(value, Mapping) else value
        yield {"what": key, "value": shown}
    yield {"what": "score", "value": SCORE_CAVEAT}
    for sentence in report["caveats"]:
        yield {"what": "caveat", "value": sentence}


def new_rows(news: Item, called: Mapping[str, str]) -> Iterable[Item]:
    """Yield what is new, changed and gone since the earlier report; ``called``: names by id."""
    for key, what in (("extraction_ids", "extraction"), ("refused_ids", "refused delivery"), ("device_ids", "device"),
                      ("event_ids", "event"), ("decision_ids", "decision")):  # fmt: skip
        for name in news.get(key, ()):
            yield {"what": what, "change": "new", "id": name, "called": called.get(name), "detail": None}
    for line in news.get("lines", ()):
        detail = " ".join(line["sentences"])
        yield {
            "what": "line",
            "change": line["change"],
            "id": line["line_id"],
            "called": called.get(line["line_id"], line["name"]),
            "detail": detail,
        }
    for line in news.get("gone_lines", ()):
        detail = "; ".join(line["numbers"])
        yield {"what": "line", "change": "gone", "id": line["line_id"], "called": line["name"], "detail": detail}
    for link in (*news.get("links", ()), *news.get("gone_links", ())):
        pair = (link["a_device_id"], link["b_device_id"])
        yield {
            "what": "link",
            "change": link.get("change", "gone"),
            "id": " + ".join(pair),
            "called": " + ".join(called.get(device_id) or device_id for device_id in pair),
            "detail": f"now {link.get('band', 'not listed')}, before {link['was'] or 'not listed'}",
        }


def of_lines_rows(lines: Iterable[Item], key: str, names: Mapping[str, str]) -> Iterable[Item]:
    """Yield the rows that stand under a key of each line, with the line; ``names``: titles of lines."""
    for line in lines:
        for row in line[key]:
            yield {"line_id": line["line_id"], "line_name": names[line["line_id"]], **row}


def reasons_rows(links: Iterable[Item]) -> Iterable[Item]:
    """Yield what speaks for and against each link."""
    for link in links:
        pair = {"a_device_id": link["a_device_id"], "b_device_id": link["b_device_id"]}
        for reason in link["reasons"]:
            yield {**pair, "is_for": "for", **reason}
        for item in link["against"]:
            empty = dict.fromkeys(("value", "a_count", "b_count", "device_count", "weight"))
            yield {**pair, "is_for": "against", **empty, "record_ids": (), **item}


def values_rows(templates: Iterable[Item]) -> Iterable[Item]:
    """Yield what stood in the slots of each wording."""
    for template in templates:
        for slot in template["slots"]:
            for value in slot["values"]:
                yield {
                    "template_id": template["template_id"],
                    "slot": slot["name"],
                    "kind": slot["kind"],
                    "value": value["text"],
                    "count": value["count"],
                }


def tally_rows(extractions: Iterable[Item]) -> Iterable[Item]:
    """Yield the counts of each extraction."""
    for entry in extractions:
        for element, counts in entry["tally"].items():
            yield {"extraction_id": entry["extraction_id"], "element": element, **counts}


def notices_rows(extractions: Iterable[Item]) -> Iterable[Item]:
    """Yield the notices of each extraction."""
    for entry in extractions:
        for notice in entry["notices"]:
            known = {"remedy": None, "first_locator": None, **notice}
            yield {"extraction_id": entry["extraction_id"], "exhibit_ref": entry["exhibit_ref"], **known}
