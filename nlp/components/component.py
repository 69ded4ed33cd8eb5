"""What a component is: a step that reads a reading and writes to it, and that spaCy can call on a document."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from spacy.tokens import Doc

from nlp.readings import Reading, reading_of


class Component(ABC):
    """A step of the analysis. State that outlives a text is set when it is built."""

    def __call__(self, doc: Doc) -> Doc:
        """Work on the reading of a document, as spaCy asks for it, and return the document."""
        self.read(reading_of(doc))
        return doc

    @abstractmethod
    def read(self, reading: Reading) -> None:
        """Read what earlier components wrote, and write to the reading."""

    def read_all(self, readings: Sequence[Reading]) -> None:
        """Do so with each of several readings; what a reading gets does not depend on the others."""
        read = self.read
        for reading in readings:
            read(reading)
