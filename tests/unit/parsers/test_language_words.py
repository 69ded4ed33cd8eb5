"""The words of other languages: what they stand for, and that none of them says two things."""

from __future__ import annotations

import pytest

from parsers.language_words import (
    english_cell,
    english_heading,
    english_span,
    english_time,
    english_words,
    fold,
    heading_key,
    headings,
    language_of,
    languages,
    named_kinds,
)
from parsers.tables.labels import read_label
from parsers.tables.side_headings import moved_side

ENGLISH = frozenset(
    {"message", "messages", "contact", "contacts", "call", "calls", "account", "accounts", "sms", "chats"}
)


def test_the_languages() -> None:
    assert languages() == ("German", "French", "Dutch", "Spanish", "Polish", "Welsh")


@pytest.mark.parametrize("language", languages())
def test_every_heading_stands_for_one_that_is_known(language: str) -> None:
    unread = {english for english in headings()[language].values() if read_label(english).field is None}
    assert {english for english in unread if moved_side(english) is None} == set()


@pytest.mark.parametrize("language", languages())
def test_a_heading_that_is_english_too_means_the_same(language: str) -> None:
    told = {key: english for key, english in headings()[language].items() if read_label(key).field is not None}
    assert {key for key, english in told.items() if read_label(key).field is not read_label(english).field} == set()


def test_no_heading_stands_twice_in_a_language() -> None:
    from parsers.language_words import _words  # noqa: PLC0415 - the file itself, before it is put into tables

    for content in _words().values():
        keys = [(heading_key(own), english) for english, words in content["headings"].items() for own in words]
        assert {key for key, english in keys if any(key == other and english != it for other, it in keys)} == set()


def test_the_name_of_a_list_is_no_english_word() -> None:
    assert {word for word in ENGLISH if named_kinds(word)} == set()
    assert named_kinds("WhatsApp-Nachrichten - Android") == {"messages"}
    assert named_kinds("Połączenia") == named_kinds("anrufliste 2024") == {"calls"}
    assert named_kinds("Kontakte und Anrufe") == {"calls", "contacts"}


@pytest.mark.parametrize(
    ("row", "language"),
    [
        ("Datum;Uhrzeit;Rufnummer;Nachricht", "German"),
        ("Date;Heure;Numéro;Message", "French"),
        ("Date;Contact;Message;Numéro", "French"),
        ("Datum;Tijd;Van;Aan;Bericht", "Dutch"),
        ("Fecha;Hora;Remitente;Texto", "Spanish"),
        ("Data;Godzina;Numer;Treść", "Polish"),
        ("Dyddiad;Amser;Rhif;Neges", "Welsh"),
        ("Date;Time;Number;Message", None),
        # One word that is English too says nothing; nor do a few words of a language that is not known.
        ("#;Date;Time;Number;Message;Tag", None),
        ("Date;Time;Number;Message;Map;Art", None),
        ("Datum;Tid;Nummer;Namn;Meddelande;Riktning;Typ", None),
        ("alpha;beta;gamma", None),
    ],
)
def test_the_language_of_a_row_of_headings(row: str, language: str | None) -> None:
    texts = row.split(";")
    known = {heading_key(text) for text in texts if read_label(text).field is not None}
    assert language_of([heading_key(text) for text in texts], known) == language


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("13. Februar 2024 um 10:05 Uhr", "13 Feb 2024 10:05"),
        ("Di, 13. Feb. 2024, 10:05:07", "13 Feb 2024, 10:05:07"),
        ("mar. 13 févr. 2024 à 10:05", "13 Feb 2024 10:05"),
        ("13 mars 2024 10h05", "13 Mar 2024 10:05"),
        ("13 fe\u0301vrier 2024 10:05", "13 Feb 2024 10:05"),
        ("13 mrt. 2024 om 10:05 uur", "13 Mar 2024 10:05"),
        ("13 de febrero de 2024, 10:05 p. m.", "13 Feb 2024, 10:05 pm"),
        ("martes 13 feb 2024 a las 10:05", "13 Feb 2024 10:05"),
        ("13 lutego 2024 o godz. 10:05", "13 Feb 2024 10:05"),
        ("13 paź 2024 10:05:07", "13 Oct 2024 10:05:07"),
        ("13 Chwefror 2024 10:05", "13 Feb 2024 10:05"),
        ("13/02/2024 à 10:05:07", "13/02/2024 10:05:07"),
        ("13 Jul 2024 10:05 BST", "13 Jul 2024 10:05 BST"),
        ("2024-02-13 10:05", "2024-02-13 10:05"),
    ],
)
def test_times_are_put_into_english(written: str, english: str) -> None:
    assert english_time(written) == english


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Eingehend", {"incoming"}),
        ("Appel manqué", {"call", "missed"}),
        ("Uitgaande oproep", {"outgoing", "call"}),
        ("Llamada perdida", {"call", "missed"}),
        ("połączenie nieodebrane", {"call", "missed"}),
        ("I mewn", {"incoming"}),
        ("no enviado", {"unsent"}),
        ("Nicht angenommen", {"not", "answered"}),
        ("ein", {"incoming"}),
        ("ein langer Satz", set()),
        ("Incoming - No answer", set()),
    ],
)
def test_words_of_cells(text: str, words: set[str]) -> None:
    assert english_words(text) == words


def test_durations_and_whole_cells() -> None:
    assert english_span("2 Minuten 5 Sek.") == "2 min 5 s"
    assert english_span("1 uur 2 min") == "1 h 2 min"
    assert [english_cell(text) for text in ("Brouillons", "Telefon", "Jay", None)] == ["draft", "phone", "Jay", None]
    assert [english_heading(text) for text in ("Telefon", "Téléphone", "Jay")] == ["phone number", "phone number", None]
    assert fold("Größe Ł\u2019é") == "grosse l'e"
