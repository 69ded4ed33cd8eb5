"""The analysis: distinct texts in, one finding each out, in the same order.

The finding is about the text exactly as stored. Very long texts are looked at up to ``MAX_CODE_POINTS``; the finding
says so, and its template id still depends on the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, TypeAlias, cast

import msgspec
from spacy.language import Language

from nlp.adverts.advert_model import leeway, shipped_model
from nlp.adverts.first_look import shipped_first_look
from nlp.adverts.line_talk import FLOOR, is_lifted, line_talk
from nlp.adverts.model_features import ModelEyes
from nlp.adverts.order_model import shipped_order_model
from nlp.adverts.plain_talk import RULE as RULE_TALK
from nlp.changes.change_model import shipped_change_model
from nlp.components.advert_model import RULE as RULE_MODEL
from nlp.components.adverts import RULE as RULE_ADVERTS
from nlp.components.component import Component
from nlp.components.decisions import lies_in_drug
from nlp.components.first_looks import CARD_WORTH, RULE_CARD
from nlp.components.nicknames import Nicknames
from nlp.explanation import explained
from nlp.factories import FIRST_LOOK
from nlp.lexicons import Lexicons, load_lexicons
from nlp.nicknames.name_model import shipped_name_model
from nlp.nicknames.shared_names import RULE_ELSEWHERE, RULE_NOT_ELSEWHERE
from nlp.pipeline import build_pipeline
from nlp.readings import Cue, Name, Reading
from nlp.spans.drug_model import shipped_drug_model
from nlp.spans.price_model import shipped_price_model
from nlp.spans.stretch_model import shipped_stretch_file
from nlp.text_ids import text_id
from nlp.words.folding import fold
from parsers.garbage import collector_paused
from parsers.records.findings import TextFinding

NLP_VERSION: Final = "49"
"""Goes up whenever the same text with the same lexicons and model would get another finding."""

MAX_CODE_POINTS: Final = 8_000
"""How much of a text is looked at: fifty times a long SMS."""

_BATCH_TEXTS: Final = 1024
_BATCH_CODE_POINTS: Final = 150_000
"""Texts that go through the steps together, and their length: some 3 KB each, and 4 MB of them.

What the models do once for a batch takes as long as a dozen texts.
"""

_Settle: TypeAlias = Callable[[str, Reading], None]
"""Settles what is known of a text from elsewhere, before it is decided what of its reading stands."""


def build_analyser(lexicon_dirs: Sequence[Path] = ()) -> Analyser:
    """Return an analyser with the shipped lexicons and those of further folders.

    Raises:
        LexiconRefused: A lexicon cannot be used.
    """
    with collector_paused():
        lexicons = load_lexicons(lexicon_dirs)
        return Analyser(build_pipeline(lexicons, lexicon_dirs), lexicons)


class Analyser:
    """Finds what texts say. One at a time; not for use from two threads at once."""

    def __init__(self, pipeline: Language, lexicons: Lexicons) -> None:
        # The components of the pipeline without its documents: those cost as much as half of the components.
        self._steps = tuple(cast("Component", component).read_all for _, component in pipeline.pipeline)
        self._first_look_at = pipeline.pipe_names.index(FIRST_LOOK)
        self._model_at = pipeline.pipe_names.index("trapline_advert_model")
        self._names_at = pipeline.pipe_names.index("trapline_nicknames")
        self._decisions_at = pipeline.pipe_names.index("trapline_decisions")
        self._nicknames = cast("Nicknames", pipeline.get_pipe("trapline_nicknames"))
        self._eyes = ModelEyes(lexicons)
        models = (
            shipped_first_look(),
            shipped_model(),
            shipped_name_model(),
            shipped_drug_model(),
            shipped_price_model(),
            shipped_stretch_file(),
            shipped_change_model(),
            shipped_order_model(),
        )
        self.nlp_version = "+".join([NLP_VERSION, *(model.version for model in models)])
        self.lexicon_version = lexicons.version
        self.name_threshold = shipped_name_model().threshold

    def find(self, texts: Iterable[str], known_adverts: Mapping[str, bool] | None = None) -> Iterator[TextFinding]:
        """Yield one finding a text, in the order of the texts; equal texts get equal findings.

        Callers pass distinct texts, since each is analysed afresh. Takes any string; may be abandoned.

        Args:
            texts: The texts.
            known_adverts: Which texts are adverts, where the rest of an input told (``settled_input``) or it is
                known: names and spans can then be scored apart from that question.
        """
        for batch in _batches(texts):
            settle = None if known_adverts is None else _told(known_adverts, self._nicknames)
            yield from self._find_batch(batch, settle, is_told=known_adverts is not None)

    def find_with_names(
        self, texts: Sequence[str], known_adverts: Mapping[str, bool] | None = None
    ) -> Iterator[tuple[TextFinding, list[Name]]]:
        """Yield the findings as ``find`` does, each with the likeliest names of an advert, for ``shared_names``."""
        names: dict[str, list[Name]] = {}
        tell = None if known_adverts is None else _told(known_adverts, self._nicknames)

        def keep(text: str, reading: Reading) -> None:
            if tell is not None:
                tell(text, reading)
            if reading.is_advert:
                names[text] = [name for name in self._nicknames.names(reading) if not lies_in_drug(reading, name)]

        for batch in _batches(texts):
            found = self._find_batch(batch, keep, is_told=tell is not None)
            for text, finding in zip(batch, found, strict=True):
                yield finding, names.get(text, [])
            names.clear()

    def names_among(self, texts: Sequence[str], keys: Container[str]) -> list[list[Name]]:
        """Return where each text has names that are known from elsewhere, by their keys (``nlp.nicknames.name_forms``).

        Args:
            texts: Not more than fit in memory with all that is read of them, some 3 KB each.
            keys: The names that are known.
        """
        at = self._first_look_at
        return [
            [name for name in self._nicknames.names_among(reading, keys) if not lies_in_drug(reading, name)]
            for reading in _read_by([*self._steps[:at], *self._steps[at + 1 : self._names_at]], texts)
        ]

    def find_named(self, adverts: Sequence[tuple[str, Name | None]]) -> Iterator[TextFinding]:
        """Yield the finding of each advert under the name that the other texts of its input gave it; None: no name.

        What the name covers is no drug, and the template has it for a slot; the score is that of the text alone.
        """
        name_of = dict(adverts)

        def rename(text: str, reading: Reading) -> None:
            reading.is_advert = True
            reading.name = name_of[text]

        for texts in _batches(text for text, _ in adverts):
            for finding in self._find_batch(texts, rename, is_told=True):
                rule = RULE_NOT_ELSEWHERE if finding.line is None else RULE_ELSEWHERE
                yield msgspec.structs.replace(finding, rules=(*finding.rules, rule))

    def explain(self, text: str) -> Iterator[str]:
        """Return the lines of an explanation of one text, in plain words."""
        (finding,) = self.find([text])
        (reading,) = self.first_readings([text])
        if any(rule.startswith(RULE_CARD) for rule in finding.rules):
            return explained(text, finding, (), {"f:contact_card": CARD_WORTH}, CARD_WORTH, "Rule")
        for rule in finding.rules:
            if rule.startswith(RULE_TALK):
                worth = float(rule.rpartition(":")[2])
                return explained(text, finding, (), {"f:plain_talk": worth}, worth, "Rule")
        stated = shipped_first_look().verdict(reading)
        if stated is not None and line_talk(reading, stated) is None:
            return explained(text, finding, reading.cues, shipped_first_look().parts(reading), stated, "First look")
        (reading,) = self.readings_for_model([text])
        looked, model = self._eyes.look(reading), shipped_model()
        closer = partial(self._eyes.look_closer, reading)
        further = [
            ("the limit that an advert must reach", -model.threshold),
            ("by how much the rules, where they are sure, go before the model", leeway(reading.rule_total)),
        ]
        stated = model.log_odds([(looked, closer)])[0] + sum(weight for _, weight in further)
        if stated < FLOOR and line_talk(reading, stated) is not None:
            further.append(("words that only lines use so", FLOOR - stated))
            stated = FLOOR
        return explained(text, finding, reading.cues, model.parts(looked, closer), stated, further=further)

    def first_readings(self, texts: Sequence[str]) -> list[Reading]:
        """Return the readings as the first look gets them, for training."""
        return _read_by(self._steps[: self._first_look_at], texts)

    def readings_for_model(self, texts: Sequence[str]) -> list[Reading]:
        """Return the readings as the model of adverts gets them where nothing is ruled out, for training."""
        at = self._first_look_at
        return _read_by([*self._steps[:at], *self._steps[at + 1 : self._model_at]], texts)

    def _find_batch(self, texts: Sequence[str], settle: _Settle | None, *, is_told: bool) -> list[TextFinding]:
        """Return the findings; where it is told what is an advert, nothing is ruled out before."""
        # Nothing of a reading is a cycle; looking for some between the steps takes a tenth of the time.
        with collector_paused():
            return self._findings(texts, settle, is_told=is_told)

    def _findings(self, texts: Sequence[str], settle: _Settle | None, *, is_told: bool) -> list[TextFinding]:
        """Return the findings; the readings are gone when the collector is let go on."""
        # Step by step over the batch, not text by text: a third faster, as the processor keeps one step's code at hand.
        bodies = [text[:MAX_CODE_POINTS] for text in texts]
        readings = [Reading(body, fold(body)) for body in bodies]
        for at, read_all in enumerate(self._steps):
            if is_told and at == self._first_look_at:
                continue
            if at == self._decisions_at:
                for text, reading in zip(texts, readings, strict=True):
                    # Of what a form alone made an advert no name counts.
                    if not is_lifted(reading):
                        self._nicknames.look_late(reading)
                    if settle is not None:
                        settle(text, reading)
            read_all(readings)
        return [self._finding(text, reading) for text, reading in zip(texts, readings, strict=True)]

    def _finding(self, text: str, reading: Reading) -> TextFinding:
        name = reading.name
        is_cut = len(text) > MAX_CODE_POINTS
        spans = [reading.span(mark) for mark in reading.marks]
        if len(spans) > 1:
            spans.sort(key=lambda span: (span.start, -span.end, span.kind, span.canonical or ""))
        return TextFinding(
            text_id=text_id(text),
            is_advert=reading.is_advert,
            advert_score=reading.advert_score,
            line=name.canonical if name else None,
            line_surface=reading.surface(name.start, name.end) if name else None,
            spans=tuple(spans),
            number_change=reading.number_change,
            order_score=reading.order_score,
            template_id=f"{reading.template_id}-{text_id(text)[:8]}" if is_cut else reading.template_id,
            template=reading.template,
            slots=reading.slots,
            rules=_rules(reading, is_cut=is_cut),
            nlp_version=self.nlp_version,
            lexicon_version=self.lexicon_version,
        )


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in order, as many together as fit in a batch."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += min(len(text), MAX_CODE_POINTS)
        if len(batch) == _BATCH_TEXTS or size >= _BATCH_CODE_POINTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_by(steps: Sequence[Callable[[Sequence[Reading]], None]], texts: Sequence[str]) -> list[Reading]:
    readings = [Reading(text[:MAX_CODE_POINTS], fold(text[:MAX_CODE_POINTS])) for text in texts]
    for read_all in steps:
        read_all(readings)
    return readings


def _told(known_adverts: Mapping[str, bool], nicknames: Nicknames) -> _Settle:
    def tell(text: str, reading: Reading) -> None:
        reading.is_advert = known_adverts[text]
        nicknames.look_late(reading)

    return tell


def _rules(reading: Reading, *, is_cut: bool) -> tuple[str, ...]:
    """Return what spoke: each cue with its weight, the pattern of the name, what was cut."""
    rules = list(map(_rule_of, reading.cues))
    rules.append(f"{reading.ruled_out_by or RULE_MODEL}:{reading.model_share:+.2f}")
    if reading.name is not None:
        rules.append(reading.name.rule)
    rules.extend(reading.change_rules)
    if is_cut:
        rules.append(f"text/1:first-{MAX_CODE_POINTS}-code-points-only")
    return tuple(rules)


@lru_cache(maxsize=4096)
def _rule_of(cue: Cue) -> str:
    return f"{RULE_ADVERTS}:{cue.label}{cue.weight:+.2f}"
