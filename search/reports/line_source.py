"""What the texts and the wordings of lines are read from."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from search.contract import EvidenceIndex
from search.linkage.attribution.index_reading import Window
from search.template_groups import TemplateGroups


class LineSource(msgspec.Struct, frozen=True):
    """What a report shows of an index.

    Attributes:
        index: An open index.
        window: The period of the report.
        device_of: Device of each extraction that the report shows.
        groups: The wordings that are one.
    """

    index: EvidenceIndex
    window: Window
    device_of: Mapping[str, str]
    groups: TemplateGroups
