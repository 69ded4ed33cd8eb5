"""Takes a delivery into the vault under its key: says whether it is one that is held, or another with the same bytes.

The same file again is the delivery that is held, from wherever and under whatever name it comes. It is another one
where its name says something else of its records, or where its sidecar states another device and the content none.
One that comes again from the same place with another sidecar is corrected, and no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from ingest.assemble import Workspace
from ingest.copying import OnBytes
from ingest.custody import Copied, Held, Manifest
from ingest.deliveries import Found, folder_name, shown_path
from ingest.delivery_keys import delivery_key, names_its_device, stated_device, states_another_device
from ingest.errors import WorkerLost
from ingest.healing import Healing, heal
from ingest.journal import REFUSED, DeliveryRow
from ingest.processes.reading_jobs import NameRequest, NameSaid, SidecarsRead, SidecarsRequest, limits_of
from ingest.processes.worker_process import WorkerFault
from ingest.resolving import SUMMARY_DECODER
from parsers.contract import Sidecar
from parsers.errors import InputRefused


async def into_vault(workspace: Workspace, found: Found, on_bytes: OnBytes) -> tuple[Held, Healing | None]:
    """Copy a delivery into the vault; what is held already is kept, and mended from the copy where it is damaged.

    Returns what is held, and what came of its damage. None: there was none.

    Raises:
        InputRefused: It cannot be taken, or what is held of it is damaged.
        DataFolderRefused: The copy cannot be written.
    """
    if found.refusal is not None:
        raise InputRefused(found.refusal, found.subject)
    vault = workspace.vault
    copied = await asyncio.to_thread(vault.copy, found, on_bytes)
    try:
        rows = workspace.journal.deliveries_of(copied.manifest.sha256)
        manifest = await _Naming(workspace, found, copied, rows).manifest()
        keys = [row.sha256 for row in rows]
        healed = await heal(workspace, copied, [manifest.sha256, *keys], shown_path(found.raw_path))
        held = await asyncio.to_thread(vault.keep, copied, manifest, keys)
        return held, healed.get(manifest.sha256)
    finally:
        await asyncio.to_thread(vault.discard, copied)


class _Naming:
    """Finds the key of a copied delivery.

    Args:
        workspace: The data folder; the caller holds its lock.
        found: The delivery.
        copied: Its copy.
        rows: The deliveries with the same content.
    """

    def __init__(self, workspace: Workspace, found: Found, copied: Copied, rows: Sequence[DeliveryRow]) -> None:
        self._workspace = workspace
        self._found = found
        self._copied = copied
        self._rows = rows
        self._name = copied.manifest.name

    async def manifest(self) -> Manifest:
        """Return the manifest of the copy under the key of the delivery."""
        answer = await self._asked(self._name, self._copied.manifest.original_path)
        said = answer.said or await self._said_for_the_first_time(answer)
        same = [row for row in self._rows if self._is_named_so(row) or await self._said_of(row) == said]
        device = stated_device(answer.sidecar) if answer.sidecar is not None else None
        held = self._from_here(same)
        if held is None and same and not self._is_untold(answer):
            held = await self._of_this_device(same, answer.sidecar) if device is not None else same[0]
        if held is not None:
            return msgspec.structs.replace(self._copied.manifest, sha256=held.sha256)
        return self._under_key(said, device if same else None)

    def _is_named_so(self, row: DeliveryRow) -> bool:
        """Whether a delivery that is held has the names that this one came under: its own, and that of its folder."""
        places = (row.original_path, self._copied.manifest.original_path)
        first, second = (folder_name(place, is_folder=row.is_folder) for place in places)
        return row.name == self._name and first == second

    def _is_untold(self, answer: NameSaid) -> bool:
        """Whether a sidecar came that cannot be read, so that the device which it states may be any.

        The delivery that is held would be taken for it, and be another device's once the sidecar is corrected.
        """
        return self._copied.sidecar is not None and answer.sidecar is None

    def _under_key(self, said: str, device: str | None) -> Manifest:
        manifest, number = self._copied.manifest, 1
        content_sha256 = manifest.sha256
        # One that has the key is another delivery: taken by a version that asked no names, or corrected since.
        while self._workspace.journal.delivery(key := delivery_key(content_sha256, said, device, number)) is not None:
            number += 1
        return msgspec.structs.replace(
            manifest,
            sha256=key,
            content_sha256=content_sha256 if key != content_sha256 else None,
            said_by_name=said,
            device=device,
            number=number,
        )

    def _from_here(self, same: Sequence[DeliveryRow]) -> DeliveryRow | None:
        """Return the delivery that came from the same place before, the latest."""
        by_key = {row.sha256: row for row in same}
        brought = self._workspace.journal.brought_from(self._found.path)
        return next((by_key[key] for key in brought if key in by_key), None)

    async def _of_this_device(self, same: Sequence[DeliveryRow], sidecar: Sidecar | None) -> DeliveryRow | None:
        """Return the delivery that is of the device that the sidecar states. None: all of them are another device's."""
        fitting: list[tuple[bool, DeliveryRow]] = []
        for row, held in zip(same, await self._stated_of(same), strict=True):
            is_another = sidecar is not None and held is not None and states_another_device(sidecar, held)
            if not is_another or self._names_its_devices(row):
                fitting.append((held is not None and stated_device(held) is not None, row))
        # One of which the same device is stated is before one of which none is.
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    async def _stated_of(self, rows: Sequence[DeliveryRow]) -> Sequence[Sidecar | None]:
        """Return what the sidecars of deliveries state that are held."""
        settings, reader = self._workspace.settings.ingest, self._workspace.workers.reader
        region = self._workspace.settings.parsers.default_region
        request = SidecarsRequest(tuple(self._sidecar_of(row) for row in rows), region)
        try:
            read = await reader.run_again_if_lost(
                "read_sidecars", lambda _try: request, SidecarsRead, settings.parse_timeout_seconds
            )
        except (WorkerLost, WorkerFault):
            return [None] * len(rows)
        return read.sidecars

    def _names_its_devices(self, row: DeliveryRow) -> bool:
        rows = self._workspace.journal.extractions(row.sha256)
        parts = [SUMMARY_DECODER.decode(each.ahead().summary).meta.part for each in rows]
        return bool(parts) and all(map(names_its_device, parts))

    async def _said_of(self, row: DeliveryRow) -> str:
        """Return what the name of a delivery that is held says; a version before this one did not ask."""
        return (
            row.said_by_name if row.said_by_name is not None else (await self._asked(row.name, row.original_path)).said
        )

    async def _said_for_the_first_time(self, answer: NameSaid) -> str:
        """Return what tells a delivery whose name makes it readable from the same bytes under one that did not."""
        for row in self._rows:
            is_new = row.state == REFUSED and row.name != self._name and answer.parser is not None
            if is_new and (await self._asked(row.name, row.original_path)).parser is None:
                return f"read as {answer.parser}"
        return ""

    def _sidecar_of(self, row: DeliveryRow) -> str | None:
        try:
            sidecar = self._workspace.vault.held(row.sha256).sidecar
        except InputRefused:
            return None
        return None if sidecar is None else str(sidecar)

    async def _asked(self, name: str, place: str) -> NameSaid:
        settings, manifest = self._workspace.settings, self._copied.manifest
        sidecar = self._copied.sidecar
        request = NameRequest(
            path=str(self._copied.path),
            name=name,
            folder=folder_name(place, is_folder=manifest.is_folder),
            is_folder=manifest.is_folder,
            sha256=manifest.sha256,
            companions=manifest.companions,
            sidecar=str(sidecar) if sidecar is not None else None,
            scratch_dir=str(self._workspace.paths.scratch / f"name-{manifest.sha256}"),
            default_time_zone=settings.parsers.default_time_zone,
            default_region=settings.parsers.default_region,
            limits=limits_of(settings.parsers),
        )
        reader = self._workspace.workers.reader
        try:
            return await reader.run_again_if_lost(
                "ask_name", lambda _try: request, NameSaid, settings.ingest.parse_timeout_seconds
            )
        except (WorkerLost, WorkerFault):
            # What ends the reader here ends it when it reads, and that is said.
            return NameSaid(said="", parser=None, sidecar=None)
