"""Templates of broadcasts that linkage recovered: what came to a phone one by one is none of its own extraction.

Of a shop's notice the sender's extraction holds the template, and those that got it do not; of one that no phone held
sent in bulk no extraction holds it at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from search.contract import EvidenceIndex, TemplateEntry
from search.linkage.attribution.record_texts import read_texts
from search.linkage.model import PlacedFlare


async def recovered_templates(
    index: EvidenceIndex, counted: Collection[tuple[str, str]], flares: Iterable[PlacedFlare]
) -> list[TemplateEntry]:
    """Return an entry for each extraction that such a broadcast came to, with the words of its first message.

    Args:
        index: An open index.
        counted: Template and extraction of those that an extraction holds, with all its messages.
        flares: All flares that are shown.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, tuple[str, str]] = {}
    for placed in flares:
        flare = placed.flare
        if (flare.template_id, flare.extraction_id) not in counted:
            counts[flare.template_id][flare.extraction_id] += flare.message_count
            begun = (flare.started_at, flare.first_record_id)
            first[flare.template_id] = min(begun, first.get(flare.template_id, begun))
    texts = await read_texts(index, {record_id for _, record_id in first.values()}) if first else {}
    found = []
    for template_id in sorted(first):
        record_id = first[template_id][1]
        if record_id not in texts:
            continue
        text, body = texts[record_id]
        found += [
            TemplateEntry(
                template_id=template_id,
                extraction_id=extraction_id,
                text=text,
                message_count=counts[template_id][extraction_id],
                variants=((body, counts[template_id][extraction_id], record_id),),
                variant_count=1,
            )
            for extraction_id in sorted(counts[template_id])
        ]
    return found
