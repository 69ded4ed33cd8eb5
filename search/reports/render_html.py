"""The linkage report as one HTML page: self-contained, without script, for the screen and for paper.

A rendering of the report's data and nothing else. Every string is escaped; evidence goes through ``visible``, which
shows what would not show. The page refers to nothing outside itself, and its own policy forbids it to.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from search.linkage.phrases import counted
from search.reports import page as page_of_report
from search.reports import page_text
from search.reports.cited import is_assumed
from search.reports.device_names import exhibits_of
from search.reports.doubtful_times import quote_words
from search.reports.frames import says_more, shown_pieces, told_in
from search.reports.glance import GLANCE_HEAD
from search.reports.grounds import quote
from search.reports.last_seen import last_word, number_words, used_words
from search.reports.line_adverts import adverts_cut
from search.reports.link_cases import LINES_NAMED, linked_figure
from search.reports.link_groups import LINKS_ORDER, elsewhere, of_the_link
from search.reports.news_words import since_words
from search.reports.number_views import said_words
from search.reports.scope_words import scope_words
from search.reports.source_groups import grave_notices, tally_words
from search.reports.summary_words import (
    FORMS_READ,
    FOUND_ORDER,
    MEANS,
    MEANS_NOT,
    PERIOD_COUNTS,
    PERIOD_NOTE,
    TIMES,
    also_called,
    capitalize_first,
    confirmed_words,
    figure_words,
    no_line_words,
    not_whole_words,
    read_figures,
    refused_words,
)
from search.reports.variants import aligned

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(report: Mapping[str, object]) -> str:
    """Return the page of a report made by ``build_report``."""
    return _environment().get_template("report.html").render(page=page_of_report.page_of(report))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": page_text.visible,
        "when": page_text.when,
        "day": page_text.day,
        "day_and_time": page_text.day_and_time,
        "grouped": page_text.grouped,
        "as_sentence": page_text.as_sentence,
        "size": page_text.size,
        "aligned": aligned,
        "pieces": shown_pieces,
        "quote": quote,
        "capitalize_first": capitalize_first,
    }
    environment.globals |= {
        "PERIOD_NOTE": PERIOD_NOTE,
        "PERIOD_COUNTS": PERIOD_COUNTS,
        "FORMS_READ": FORMS_READ,
        "FOUND_ORDER": FOUND_ORDER,
        "since_words": since_words,
        "TIMES": TIMES,
        "period_words": page_text.period_words,
        "outside_words": page_text.outside_words,
        "last_word": last_word,
        "used_words": used_words,
        "number_words": number_words,
        "MEANS": MEANS,
        "MEANS_NOT": MEANS_NOT,
        "no_line_words": no_line_words,
        "not_whole_words": not_whole_words,
        "read_figures": read_figures,
        "adverts_cut": adverts_cut,
        "of_the_link": of_the_link,
        "is_assumed": is_assumed,
        "band_words": page_of_report.band_words,
        "scope_words": scope_words,
        "refused_words": refused_words,
        "figure_words": figure_words,
        "confirmed_words": confirmed_words,
        "also_called": also_called,
        "told_in": told_in,
        "quote_words": quote_words,
        "counted": counted,
        "said_words": said_words,
        "LINES_NAMED": LINES_NAMED,
        "GLANCE_HEAD": GLANCE_HEAD,
        "national": page_text.national,
        "LINKS_ORDER": LINKS_ORDER,
        "elsewhere": elsewhere,
        "linked_figure": linked_figure,
        "traffic_words": page_of_report.traffic_words,
        "BANDS": page_of_report.BANDS,
        "DECIDED": page_of_report.DECIDED,
        "STATES": page_of_report.STATES,
        "BASES": page_of_report.BASES,
        "grave_notices": grave_notices,
        "says_more": says_more,
        "tally_words": tally_words,
        "exhibits_of": exhibits_of,
        "VALUES_SHOWN": page_of_report.VALUES_SHOWN,
    }
    return environment
