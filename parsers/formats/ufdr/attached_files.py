"""Attachments of messages, and the files of the delivery that they name.

Paths in the report are Windows paths relative to its folder. A ``taggedFiles/file`` gives the path of a file id; such
a list can be longer than everything else, and stands before the messages that name the ids, so that it is kept as
64-bit digests and one run of bytes: about 60 bytes a file.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from hashlib import blake2b

from parsers.formats.ufdr.elements import Element, fields_of, name_of, text_of
from parsers.records.values import Attachment

_SIZE_DIGITS = 16
_TARGETS = ("#jumptargets", "#file")


class AttachedFiles:
    """The files that the delivery holds, and the paths that the report gives to file ids.

    Attributes:
        missing_count: Named files that are not in the delivery.
        first_missing: Locator of the first record that names one.
    """

    def __init__(self, names: Mapping[str, str] | None) -> None:
        """Take the delivered names: lower-case path relative to the report's folder, to the name as stored.

        None: the report came alone, and no file is expected.
        """
        self.missing_count = 0
        self.first_missing: str | None = None
        self._names = names or {}
        self._digests = array("Q")
        self._ends = array("Q")
        self._paths = bytearray()
        self._places: dict[int, int] = {}
        self._is_counting = any("/" in name for name in self._names)

    @property
    def wants_paths(self) -> bool:
        """Whether paths of file ids are of use: not where no file was delivered."""
        return self._is_counting

    def add_file(self, file: Element) -> None:
        """Keep the local path of one ``taggedFiles/file``."""
        file_id = file.get("id")
        if not file_id:
            return
        for metadata in file:
            if metadata.get("section") != "File":
                continue
            for item in metadata:
                if item.get("name") == "Local Path" and item.text and not item.text.isspace():
                    self._digests.append(_digest(file_id))
                    self._paths += item.text.strip().encode("utf-8", "replace")
                    self._ends.append(len(self._paths))
                    return

    def path_of(self, file_id: str) -> str | None:
        """Return the local path of a file id, as written."""
        if len(self._places) != len(self._digests):
            self._places = {digest: place for place, digest in enumerate(self._digests)}
            # Ids given twice would index the list again at every call.
            if len(self._places) != len(self._digests):
                self._compact()
        place = self._places.get(_digest(file_id))
        if place is None:
            return None
        start = self._ends[place - 1] if place else 0
        return self._paths[start : self._ends[place]].decode()

    def _compact(self) -> None:
        paths, digests, ends = bytearray(), array("Q"), array("Q")
        for digest, place in self._places.items():
            start = self._ends[place - 1] if place else 0
            paths += self._paths[start : self._ends[place]]
            digests.append(digest)
            ends.append(len(paths))
        self._paths, self._digests, self._ends = paths, digests, ends
        self._places = {digest: place for place, digest in enumerate(digests)}

    def member(self, path: str, locator: str) -> str | None:
        """Return the member that a path in the report means; None where it was not delivered.

        A file that is missing beside others that are there is counted; a report delivered without its files is not
        a delivery with files missing.
        """
        wanted = path.strip().replace("\\", "/").removeprefix("./")
        found = self._names.get(wanted.casefold())
        if found is None and self._is_counting:
            self.missing_count += 1
            self.first_missing = self.first_missing or locator
        return found


def _digest(file_id: str) -> int:
    return int.from_bytes(blake2b(file_id.strip().encode("utf-8", "replace"), digest_size=8).digest())


def read_attachment(model: Element, files: AttachedFiles, path: str | None, locator: str) -> Attachment:
    """Return the attachment of an Attachment model.

    Args:
        model: The model.
        files: What was delivered.
        path: The path that the message gives it, where the model gives none itself (3.0 dialect).
        locator: Where the message stands.
    """
    fields = fields_of(model)
    path = text_of(fields.get("attachment_extracted_path")) or path
    if path is None:
        ids = [model.get("file_id")] + [each for key in _TARGETS for each in _target_ids(fields.get(key))]
        path = next((held for file_id in ids if file_id and (held := files.path_of(file_id))), None)
    return Attachment(
        name=text_of(fields.get("Filename")),
        content_type=text_of(fields.get("ContentType")),
        size_bytes=_size(model),
        member=files.member(path, locator) if path else None,
    )


def read_attachments(models: list[Element], paths: list[str], files: AttachedFiles, locator: str) -> list[Attachment]:
    """Return the attachments of a message; one that is listed in two fields is one.

    ``paths`` are those that the message gives itself: by file name where they tell, else in order.
    """
    unique = {model.get("id") or str(number): model for number, model in enumerate(models)}
    left = list(paths)
    found: list[Attachment] = []
    for model in unique.values():
        name = (text_of(fields_of(model).get("Filename")) or "").casefold()
        by_name = next(
            (path for path in left if name and path.replace("\\", "/").casefold().endswith("/" + name)), None
        )
        path = by_name or (left[0] if len(left) == len(unique) - len(found) else None)
        if path is not None:
            left.remove(path)
        found.append(read_attachment(model, files, path, locator))
    return found


def _target_ids(field: object) -> list[str]:
    if field is None or isinstance(field, str):
        return [field.strip()] if isinstance(field, str) else []
    return [child.text.strip() for child in field if child.text] if isinstance(field, Element) else []


def _size(model: Element) -> int | None:
    for child in model:
        if name_of(child) != "dataField":
            continue
        for source in child:
            length = (source.get("length") or "").strip()
            if length.isascii() and length.isdecimal() and len(length) < _SIZE_DIGITS:
                return int(length)
    return None
