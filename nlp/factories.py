"""Every spaCy registration of ours, in one place and in the order in which the components run.

Nothing registers itself on import: ``nlp.pipeline`` calls ``register``, which may be called again. A factory's
configuration names the lexicon folders and the version that they must have, so that a stored pipeline cannot come
back with other words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from nlp.adverts.advert_model import shipped_model
from nlp.adverts.first_look import shipped_first_look
from nlp.adverts.order_model import shipped_order_model
from nlp.changes.change_model import shipped_change_model
from nlp.components.advert_model import ModelledAdverts
from nlp.components.adverts import Adverts
from nlp.components.bare_amounts import BareAmounts
from nlp.components.cues import Cues
from nlp.components.decisions import Decisions
from nlp.components.drug_menu import DrugMenu
from nlp.components.drug_prices import DrugPrices
from nlp.components.drugs import Drugs
from nlp.components.first_looks import FirstLooks
from nlp.components.hours import Hours
from nlp.components.nicknames import Nicknames
from nlp.components.normal_forms import NormalForms
from nlp.components.number_changes import NumberChanges
from nlp.components.offers import Offers
from nlp.components.orders import Orders
from nlp.components.places import Places
from nlp.components.prices import Prices
from nlp.components.stretches import Stretches
from nlp.components.telephone_numbers import Numbers
from nlp.components.terms import Terms
from nlp.errors import LexiconRefused
from nlp.lexicons import Lexicons, load_lexicons
from nlp.nicknames.name_model import shipped_name_model
from nlp.spans.drug_model import shipped_drug_model
from nlp.spans.price_model import shipped_price_model
from nlp.spans.stretch_model import shipped_stretch_file
from nlp.templates.masking import Masking
from nlp.words.tokenisation import SmsTokeniser

Component = Callable[[Doc], Doc]
Factory = Callable[[Language, str], Component]
LexiconFactory = Callable[[Language, str, Sequence[str], str], Component]

TOKENISER: Final = "trapline.sms_tokeniser.v1"
FIRST_LOOK: Final = "trapline_first_look"


class Registered(NamedTuple):
    """How a component is built, and whether its configuration names the lexicons."""

    factory: Factory | LexiconFactory
    has_lexicons: bool


def _plain(component: Callable[[Language], Component]) -> Registered:
    """Return what builds a component that knows no lexicons."""

    def build(nlp: Language, name: str) -> Component:
        del name
        return component(nlp)

    return Registered(build, has_lexicons=False)


def _of_lexicons(component: Callable[[Language, Lexicons], Component]) -> Registered:
    """Return what builds a component that works with the lexicons of its configuration."""

    def build(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
        del name
        return component(nlp, pinned_lexicons(tuple(lexicon_dirs), lexicon_version))

    return Registered(build, has_lexicons=True)


FACTORIES: Final[dict[str, Registered]] = {
    "trapline_normal_forms": _plain(lambda nlp: NormalForms(nlp.vocab)),
    "trapline_terms": _of_lexicons(Terms),
    "trapline_numbers": _plain(lambda _: Numbers()),
    "trapline_prices": _of_lexicons(lambda _, lexicons: Prices(lexicons)),
    "trapline_hours": _of_lexicons(lambda _, lexicons: Hours(lexicons)),
    "trapline_drugs": _of_lexicons(lambda _, lexicons: Drugs(lexicons)),
    "trapline_drug_prices": _plain(lambda _: DrugPrices()),
    "trapline_number_changes": _of_lexicons(lambda _, lexicons: NumberChanges(lexicons, shipped_change_model())),
    "trapline_cues": _of_lexicons(lambda _, lexicons: Cues(lexicons)),
    FIRST_LOOK: _plain(lambda _: FirstLooks(shipped_first_look())),
    "trapline_nicknames": _of_lexicons(lambda _, lexicons: Nicknames(lexicons, shipped_name_model())),
    "trapline_adverts": _of_lexicons(lambda _, lexicons: Adverts(lexicons)),
    "trapline_advert_model": _of_lexicons(lambda _, lexicons: ModelledAdverts(lexicons, shipped_model())),
    "trapline_decisions": _of_lexicons(
        lambda _, lexicons: Decisions(lexicons, shipped_drug_model(), shipped_price_model())
    ),
    "trapline_drug_menu": _of_lexicons(lambda _, lexicons: DrugMenu(lexicons)),
    "trapline_bare_amounts": _of_lexicons(lambda _, lexicons: BareAmounts(lexicons)),
    "trapline_offers": _of_lexicons(lambda _, lexicons: Offers(lexicons)),
    "trapline_places": _of_lexicons(lambda _, lexicons: Places(lexicons)),
    "trapline_template": _of_lexicons(Masking),
    "trapline_stretches": _of_lexicons(lambda _, lexicons: Stretches(lexicons, shipped_stretch_file())),
    "trapline_orders": _plain(lambda _: Orders(shipped_order_model())),
}
"""The components by name, in the order in which they run; each reads what those before it wrote."""

_kept: Final[dict[tuple[tuple[str, ...], str], Lexicons]] = {}
"""The lexicons that were loaded last, by their folders and their version."""


def register() -> None:
    """Tell spaCy of the tokeniser and of every component."""
    registry.tokenizers.register(TOKENISER, func=_tokeniser)
    for name, registered in FACTORIES.items():
        config: dict[str, object] = {"lexicon_dirs": [], "lexicon_version": ""} if registered.has_lexicons else {}
        Language.factory(name, default_config=config, func=registered.factory)


def _tokeniser() -> Callable[[Language], SmsTokeniser]:
    def build(nlp: Language) -> SmsTokeniser:
        return SmsTokeniser(nlp.vocab)

    return build


def keep_lexicons(lexicon_dirs: Sequence[str], lexicons: Lexicons) -> None:
    """Let a pipeline that is made next have the lexicons that were just loaded: reading them takes half a second."""
    _kept.clear()
    _kept[tuple(lexicon_dirs), lexicons.version] = lexicons


@lru_cache(maxsize=4)
def pinned_lexicons(lexicon_dirs: tuple[str, ...], version: str) -> Lexicons:
    """Return the lexicons, which must have the version that is named; an empty version takes them as they are.

    Raises:
        LexiconRefused: They have changed since, or cannot be used.
    """
    kept = _kept.get((lexicon_dirs, version))
    if kept is not None:
        return kept
    lexicons = load_lexicons([Path(folder) for folder in lexicon_dirs])
    if version and lexicons.version != version:
        raise LexiconRefused(
            "(all)",
            f"they are version {lexicons.version}, the pipeline was made with {version}; build the pipeline again",
        )
    return lexicons
