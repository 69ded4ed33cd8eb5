"""Errors of the analysis.

``AnalysisError``
    ``LexiconRefused``    a lexicon file cannot be used; carries the file name, what was found and what to do

A text never raises: whatever it holds, it gets a finding.
"""

from __future__ import annotations


class AnalysisError(Exception):
    """Base of all errors that the analysis raises on purpose."""


class LexiconRefused(AnalysisError):
    """A lexicon file cannot be used.

    Attributes:
        file_name: Name of the file, without its folder.
        problem: What was found and what was expected, for the person who wrote the file.
    """

    def __init__(self, file_name: str, problem: str) -> None:
        super().__init__(file_name, problem)
        self.file_name = file_name
        self.problem = problem

    def __str__(self) -> str:
        return f"Lexicon {self.file_name} cannot be used: {self.problem}"
