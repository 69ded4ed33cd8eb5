"""Archives and folders of several deliveries: each member by its own reader, each its own extraction. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.container.claims import claim_on
from parsers.members.members_reader import MembersReader
from parsers.members.units import CONTAINER


class ContainerParser:
    """Reads a zip or tar, or a folder with a sidecar, in which deliveries of any known format lie; or a packed one."""

    name: ClassVar[str] = CONTAINER
    version: ClassVar[str] = "26"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "zip, tar or folder of several deliveries of any format in this list"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "archives of several deliveries that are packed in one another more than once",
        "7z and rar archives: refused, with what to do",
        "of a handset's file system, files that are none of the known databases: counted and named in a notice",
    )
    reads_members: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where an archive or folder holds several deliveries, or where nothing else is known of it."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the parts and records of each member, then notices and, last, what was seen."""
        yield from MembersReader(delivery, ctx).events()
