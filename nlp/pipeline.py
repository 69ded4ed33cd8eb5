"""The pipeline: spaCy's blank English with our tokeniser, our normal forms and our components.

No part of spaCy's own is trained and nothing is downloaded; our components hold the models of ``nlp/model``. The order
of the components is that of ``nlp.factories.FACTORIES``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.lang.en import English
from spacy.language import Language

from nlp.components.normal_forms import install_norm
from nlp.factories import FACTORIES, TOKENISER, keep_lexicons, register
from nlp.lexicons import LexiconKind, Lexicons
from nlp.words.spelling import Speller

_NOT_RESOLVED_TO = frozenset(
    {
        LexiconKind.SPELLING,
        LexiconKind.FIRST_NAME,
        LexiconKind.TOWN,
        LexiconKind.SETTLEMENT,
        LexiconKind.ORDINARY,
        LexiconKind.NOT_NAME,
    }
)
"""Kinds whose words no stretched or leet form is taken for: a brand may be written like a word on purpose."""


def build_pipeline(lexicons: Lexicons, lexicon_dirs: Sequence[Path] = ()) -> Language:
    """Return the pipeline.

    Args:
        lexicons: What ``load_lexicons(lexicon_dirs)`` gave.
        lexicon_dirs: Folders of further lexicons, as the components' configuration holds them.
    """
    register()
    pipeline = English.from_config({"nlp": {"tokenizer": {"@tokenizers": TOKENISER}}})
    install_norm(pipeline.vocab, make_speller(lexicons))
    pinned = {"lexicon_dirs": [str(folder) for folder in lexicon_dirs], "lexicon_version": lexicons.version}
    keep_lexicons(pinned["lexicon_dirs"], lexicons)
    for name, registered in FACTORIES.items():
        pipeline.add_pipe(name, config=pinned if registered.has_lexicons else {})
    return pipeline


def make_speller(lexicons: Lexicons) -> Speller:
    """Return the speller that knows the words of all lexicons."""
    spellings = {entry.term: entry.canonical[0] for entry in lexicons.of_kind(LexiconKind.SPELLING)}
    known = {word for entry in lexicons.entries if entry.kind not in _NOT_RESOLVED_TO for word in entry.term.split()}
    return Speller(spellings, frozenset(known))
