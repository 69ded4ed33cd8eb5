"""Which order of day and month the chats of one handset lend to those of them whose dates show none.

WhatsApp writes the dates of every chat in the handset's one setting. What is lent is what dates themselves show, never
what a submitter states of one file; where two chats show two orders, nothing is lent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parsers.contract import ShownOrder
from parsers.formats.whatsapp_text.chat_survey import Survey
from parsers.formats.whatsapp_text.date_orders import date_form, orders_of


def shown_orders(survey: Survey) -> frozenset[ShownOrder]:
    """Return the orders that a chat's own dates show; forms that can be read one way only are left out."""
    return frozenset(
        (date_form(layout), order.shown)
        for layout, order in survey.orders.items()
        if order.shown is not None and len(orders_of(layout)) > 1
    )


def untold_forms(survey: Survey, stated_order: str | None) -> frozenset[str]:
    """Return the forms of dates whose order neither a chat's own dates nor the submitter tells."""
    if stated_order is not None:
        return frozenset()
    return frozenset(
        date_form(layout)
        for layout, order in survey.orders.items()
        if order.shown is None and len(orders_of(layout)) > 1
    )


def agreed_orders(shown: Iterable[ShownOrder]) -> dict[str, str]:
    """Return the order of each form for which all that show one show the same."""
    by_form: dict[str, set[str]] = defaultdict(set)
    for form, order in shown:
        by_form[form].add(order)
    return {form: next(iter(orders)) for form, orders in by_form.items() if len(orders) == 1}
