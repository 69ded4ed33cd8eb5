"""Every spaCy registration of ours, in one place and in the order in which the components run.

Nothing registers itself on import: ``nlp.pipeline`` calls ``register``, which may be called again. A factory's
configuration names the lexicon folders and the version that they must have, so that a stored pipeline cannot come
back with other words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

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


def _normal_forms(nlp: Language, name: str) -> Component:
    del name
    return NormalForms(nlp.vocab)


def _terms(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del name
    return Terms(nlp, pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _drugs(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Drugs(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _drug_menu(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return DrugMenu(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _decisions(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Decisions(pinned_lexicons(tuple(lexicon_dirs), lexicon_version), shipped_drug_model(), shipped_price_model())


def _places(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Places(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _prices(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Prices(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _bare_amounts(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return BareAmounts(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _hours(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Hours(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _offers(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Offers(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _number_changes(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return NumberChanges(pinned_lexicons(tuple(lexicon_dirs), lexicon_version), shipped_change_model())


def _cues(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Cues(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _nicknames(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Nicknames(pinned_lexicons(tuple(lexicon_dirs), lexicon_version), shipped_name_model())


def _adverts(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Adverts(pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _advert_model(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return ModelledAdverts(pinned_lexicons(tuple(lexicon_dirs), lexicon_version), shipped_model())


def _template(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del name
    return Masking(nlp, pinned_lexicons(tuple(lexicon_dirs), lexicon_version))


def _stretches(nlp: Language, name: str, lexicon_dirs: Sequence[str], lexicon_version: str) -> Component:
    del nlp, name
    return Stretches(pinned_lexicons(tuple(lexicon_dirs), lexicon_version), shipped_stretch_file())


def _plain(component: Callable[[], Component]) -> Factory:
    """Return the factory of a component that needs no configuration."""

    def build(nlp: Language, name: str) -> Component:
        del nlp, name
        return component()

    return build


FACTORIES: Final[dict[str, Factory | LexiconFactory]] = {
    "trapline_normal_forms": _normal_forms,
    "trapline_terms": _terms,
    "trapline_numbers": _plain(Numbers),
    "trapline_prices": _prices,
    "trapline_hours": _hours,
    "trapline_drugs": _drugs,
    "trapline_drug_prices": _plain(DrugPrices),
    "trapline_number_changes": _number_changes,
    "trapline_cues": _cues,
    FIRST_LOOK: _plain(lambda: FirstLooks(shipped_first_look())),
    "trapline_nicknames": _nicknames,
    "trapline_adverts": _adverts,
    "trapline_advert_model": _advert_model,
    "trapline_decisions": _decisions,
    "trapline_drug_menu": _drug_menu,
    "trapline_bare_amounts": _bare_amounts,
    "trapline_offers": _offers,
    "trapline_places": _places,
    "trapline_template": _template,
    "trapline_stretches": _stretches,
    "trapline_orders": _plain(lambda: Orders(shipped_order_model())),
}
"""The components by name, in the order in which they run; each reads what those before it wrote."""

LEXICON_COMPONENTS: Final = frozenset(
    {
        "trapline_terms",
        "trapline_drugs",
        "trapline_decisions",
        "trapline_drug_menu",
        "trapline_bare_amounts",
        "trapline_offers",
        "trapline_places",
        "trapline_prices",
        "trapline_hours",
        "trapline_number_changes",
        "trapline_cues",
        "trapline_nicknames",
        "trapline_adverts",
        "trapline_advert_model",
        "trapline_template",
        "trapline_stretches",
    }
)
"""Those whose configuration names the lexicons."""

_kept: Final[dict[tuple[tuple[str, ...], str], Lexicons]] = {}
"""The lexicons that were loaded last, by their folders and their version."""


def register() -> None:
    """Tell spaCy of the tokeniser and of every component."""
    registry.tokenizers.register(TOKENISER, func=_tokeniser)
    for name, factory in FACTORIES.items():
        if name in LEXICON_COMPONENTS:
            Language.factory(name, default_config={"lexicon_dirs": [], "lexicon_version": ""}, func=factory)
        else:
            Language.factory(name, func=factory)


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
