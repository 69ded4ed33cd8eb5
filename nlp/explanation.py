"""What the analysis found in a text, in plain words: the text with its spans marked, the rules, the model's share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from nlp.adverts.advert_model import shipped_model
from nlp.adverts.order_model import shipped_order_model
from nlp.adverts.order_score import ORDER_SCORE
from nlp.adverts.text_typing import TYPING
from nlp.readings import Cue
from parsers.records.findings import NumberChangeRole, Span, SpanKind, TextFinding

_CUES: Final = {
    "available": "says that it is serving",
    "about": "says that somebody is about",
    "off": "speaks of being off, away or late, of closing, or of coming back",
    "call_strong": "asks to be called, as lines do",
    "call_weak": "asks to be called",
    "quality": "praises what it has",
    "deals": "speaks of deals",
    "service": "says how it serves",
    "referral": "asks for further customers",
    "number": "speaks of a number",
    "old_number": "speaks of an old number",
    "discard": "asks to delete a number",
    "same_line": "says that it is the same line",
    "imitator": "warns of imitators",
    "broadcast": "speaks to many",
    "jargon": "uses words of the trade",
    "urgency": "presses",
    "deal": "holds a deal: a quantity for money",
    "amount": "holds an amount for a deal",
    "drugs": "names drugs",
    "stock": "uses a word for stock",
    "hours": "gives hours",
    "number-change": "announces a change of number",
    "short-explained": "is short: by how much of it such words make up",
    "unexplained": "holds much that has nothing to do with adverts",
    "only-says-on": "says that somebody is on, and nothing else",
    "question": "asks a question",
    "telling": "tells a story",
    "link": "holds a link",
    "premium-number": "holds a premium-rate number",
    "food_trade": "is about food",
    "trade": "uses words of shops and tradesmen",
    "kin": "is about family",
    "plain_talk": "is said to somebody with whom one talks already, quotes an advert or sells wares by their unit",
    "contact_card": "is a contact card, without a word to anyone",
    "chat": "is talk between friends",
    "order": "is an order from a customer",
    "runner": "is talk between a line and its runner",
    "wrong_number": "says that this is a wrong number",
    "number_person": "is a person's own change of number",
    "debt": "is about money owed",
    "official": "is from an office or a company",
    "health": "is about health",
}
_SYMBOLS: Final = {
    "<": "(start)",
    ">": "(end)",
    "#": "(number)",
    "_": "(other words)",
    "§price": "(deal)",
    "§number": "(telephone number)",
    "§hours": "(hours)",
    "§drug": "(drug)",
    "§drug?": "(everyday word for a drug)",
    "§name": "(name)",
    "\n": "(new line)",
}
_ORDER_SHOWN: Final = 0.5
"""From which on it is likelier an order than not; for one it counts from ``ORDER_SCORE``."""
_SHOWN_PARTS: Final = 6
_MOST_SHOWN_PARTS: Final = 24
"""Further ones are named up to here, until those that are left weigh no more together than the weightiest alone."""
_RULE: Final = "Rule"
_LEAST_LEFT: Final = 0.005
_PLAIN_KINDS: Final[Mapping[SpanKind, str]] = {SpanKind.NICKNAME: "line", SpanKind.CALL_TO_ACTION: "call"}


def explained(
    text: str,
    finding: TextFinding,
    cues: Iterable[Cue],
    parts: Mapping[str, float],
    stated: float,
    speaker: str = "Model",
    further: Iterable[tuple[str, float]] = (),
) -> Iterator[str]:
    """Yield the lines of an explanation.

    Args:
        text: As stored.
        finding: What was found in it.
        cues: What the rules saw, with their weights on the log-odds.
        parts: What the model weighed, the weightiest first.
        stated: Log-odds that the score is made of.
        speaker: What the model is called.
        further: What else counts, in words, with its share of the log-odds.
    """
    yield marked_text(text, finding)
    share = f"score {finding.advert_score:.2f}, limit 0.50"
    yield f"  {'Taken for an advert' if finding.is_advert else 'Not taken for an advert'} ({share})."
    if finding.order_score >= _ORDER_SHOWN:
        yield f"  {_order_words(finding.order_score)}, {shipped_order_model().version})."
    if finding.line is not None:
        rule = next((rule for rule in finding.rules if rule.startswith("nicknames/")), "nicknames")
        yield f"  Line: {finding.line}, written {finding.line_surface!r} (rule {rule})."
    change = finding.number_change
    if change.role is not NumberChangeRole.NONE:
        spoke = ", ".join(rule for rule in finding.rules if rule.startswith("number-change"))
        number = change.number or "the sender's own number"
        yield f"  Change of number: {number} is the {change.role.value} one (rule {spoke})."
    if drugs := _drugs(finding):
        yield f"  Drugs: {drugs}."
    yield f"  Template: {finding.template} ({finding.template_id})"
    for cue in sorted(cues, key=lambda cue: (-abs(cue.weight), cue.label)):
        yield f"  Rule   {cue.weight:+5.2f}  {_in_words(cue.label)}"
    yield from _part_lines(parts, speaker)
    left = stated - sum(parts.values())
    for words, weight in further:
        if weight:
            left -= weight
            yield f"  {speaker:6} {weight:+5.2f}  {words}"
    if abs(left) >= _LEAST_LEFT:
        yield f"  {speaker:6} {left:+5.2f}  what no feature has for itself"
    rules = ". What rules weigh is not added" if speaker != _RULE else ""
    yield f"  {'Sum':6} {stated:+5.2f}  of what the {speaker.lower()} weighs: the score{rules}."
    model = shipped_model()
    yield f"  Rules {finding.nlp_version}, lexicon {finding.lexicon_version}, {model.version}; weights are log-odds."


def _order_words(score: float) -> str:
    """Return what is said of a text that is likelier an order than not: of one that counts for an order, that it is."""
    if score >= ORDER_SCORE:
        return f"Reads like an order to a line (score {score:.2f}"
    # rounded down: what falls short of the limit is not shown as the limit
    shown = int(score * 100) / 100
    return f"May be an order to a line, and does not count for one (score {shown:.2f}, limit {ORDER_SCORE}"


def _part_lines(parts: Mapping[str, float], speaker: str) -> Iterator[str]:
    """Yield what the model weighs, the weightiest one by one."""
    shown = _shown_count([*parts.values()])
    for feature, weight in list(parts.items())[:shown]:
        yield f"  {speaker:6} {weight:+5.2f}  {_part_in_words(feature)}"
    if len(parts) > shown:
        rest = sum(list(parts.values())[shown:])
        yield f"  {speaker:6} {rest:+5.2f}  {len(parts) - shown} further features together, each less than these"


def _shown_count(weights: Sequence[float]) -> int:
    """Return how many parts are named one by one; the weightiest stand first."""
    shown = min(_SHOWN_PARTS, len(weights))
    while shown < min(_MOST_SHOWN_PARTS, len(weights)) and abs(sum(weights[shown:])) > abs(weights[0]):
        shown += 1
    return shown


def _drugs(finding: TextFinding) -> str:
    """Return the words that name drugs with what each names, in the order of the text; empty where none does."""
    named: dict[str, dict[str, None]] = {}
    for span in sorted(finding.spans, key=lambda span: (span.start, span.end)):
        if span.kind is SpanKind.DRUG and span.canonical:
            named.setdefault(span.surface, {})[span.canonical] = None
    return "; ".join(f"{surface} = {' and '.join(sorted(canonical))}" for surface, canonical in named.items())


def marked_text(text: str, finding: TextFinding) -> str:
    """Return the text with its spans in brackets: ``[line:Rico line] on, [price:3 for 25]``. The rest stays."""
    name = finding.line_surface
    spans = list(finding.spans)
    if name is not None and finding.line is not None:
        at = text.find(name)
        spans.append(Span(SpanKind.NICKNAME, at, at + len(name), name, finding.line, ""))
    pieces: list[str] = []
    place = 0
    merged: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        merged.setdefault((span.start, span.end), []).append(span)
    for (start, end), same in sorted(merged.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start < place:
            continue
        first = same[0]
        kind = _PLAIN_KINDS.get(first.kind, first.kind.value)
        names = " + ".join(sorted({span.canonical for span in same if span.canonical and span.kind is SpanKind.DRUG}))
        pieces += [text[place:start], f"[{kind}{'=' + names if names else ''}:{text[start:end]}]"]
        place = end
    return "".join(pieces) + text[place:]


def _in_words(label: str) -> str:
    kind, _, rest = label.partition(":")
    if kind == "name":
        return f"gives a name ({rest.replace('-', ' ')})"
    return _CUES.get(label, f"is about {label.replace('_', ' ').replace('-', ' ')}")


def _part_in_words(feature: str) -> str:
    kind, name = feature[0], feature[2:]
    if kind == "p":
        return " and ".join(_fact_in_words(fact) for fact in name.split(" "))
    if kind in "wc":
        shown = " ".join(_SYMBOLS.get(word, word) for word in name.split(" "))
        return f"{'words' if kind == 'w' else 'classes of words'}: {shown}"
    if kind == "o":
        return f"the word where it stands: {_SYMBOLS.get(name, name)}" if name else "the words in their order"
    if kind == "a":
        return "words near each other: " + " ... ".join(_SYMBOLS.get(word, word) for word in name.split(" "))
    return f"letters of: {name}" if kind == "l" else _fact_in_words(name)


def _fact_in_words(fact: str) -> str:
    if fact.startswith("rules>"):
        return f"the rules together exceed {fact[6:]}"
    if fact.startswith("words"):
        return "is of about this length" if fact[5:].isdigit() else fact
    if fact.partition("-")[0] in TYPING:
        return f"is typed with {fact.replace('-', ' ')}"
    return _CUES.get(fact, fact.replace("_", " ").replace("-", " "))
