"""Messages of templates as they were sent."""

from __future__ import annotations

from search.contract import TemplateEntry
from search.linkage.attribution.template_bodies import BODIES_A_TEMPLATE, template_bodies


def entry(extraction_id: str, text: str, count: int) -> TemplateEntry:
    """Return what an extraction holds of one template."""
    variants = tuple((f"{extraction_id} {place}", 1, f"r-{place}") for place in range(count))
    return TemplateEntry(
        template_id="t-1", extraction_id=extraction_id, text=text, message_count=count, variants=variants
    )


def test_a_few_of_one_phone_and_of_all_where_each_may_give_another_number() -> None:
    plain = template_bodies([entry("ex-1", "{line} on", 9), entry("ex-2", "{line} on", 2)])["t-1"]
    assert plain == tuple(f"ex-1 {place}" for place in range(BODIES_A_TEMPLATE))
    giving = template_bodies([entry("ex-1", "{line} on {number}", 9), entry("ex-2", "{line} on {number}", 2)])["t-1"]
    assert giving == (*(f"ex-1 {place}" for place in range(9)), "ex-2 0", "ex-2 1")
