"""Tables with headings and words of other languages, as tools, phone apps and people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import InputRefused
from parsers.records.facts import CallType, Direction
from parsers.records.values import DeletedState
from tests.unit.parsers.formats.table.made_tables import calls_of, contacts_of, messages_of, read_text

NUMBER, KEY = "07700 900123", "+447700900123"

TEXTS = {
    "German": (
        "Datum;Uhrzeit;Rufnummer;Name;Richtung;Nachricht;Ordner;Gelöscht\n"
        "29.10.2023;00:30:00;{};Jay;Eingehend;eins;Posteingang;Nein\n"
        "05.11.2023;10:00:00;{};Jay;Ausgehend;zwei;Gesendet;Ja\n"
        "05.11.2023;10:00:00;{};Jay;;drei;Entwürfe;\n"
    ),
    "French": (
        "Date;Heure;Numéro de téléphone;Nom;Sens;Message;Dossier;Supprimé\n"
        "29/10/2023;00:30:00;{};Jay;Reçu;eins;Boîte de réception;Non\n"
        "05/11/2023;10:00:00;{};Jay;Envoyé;zwei;Messages envoyés;Oui\n"
        "05/11/2023;10:00:00;{};Jay;;drei;Brouillons;\n"
    ),
    "Dutch": (
        "Datum;Tijd;Telefoonnummer;Naam;Richting;Bericht;Map;Verwijderd\n"
        "29-10-2023;00:30:00;{};Jay;Inkomend;eins;Postvak IN;Nee\n"
        "05-11-2023;10:00:00;{};Jay;Uitgaand;zwei;Verzonden;Ja\n"
        "05-11-2023;10:00:00;{};Jay;;drei;Concepten;\n"
    ),
    "Spanish": (
        "Fecha;Hora;Número de teléfono;Nombre;Dirección;Mensaje;Carpeta;Eliminado\n"
        "29/10/2023;00:30:00;{};Jay;Entrante;eins;Bandeja de entrada;No\n"
        "05/11/2023;10:00:00;{};Jay;Saliente;zwei;Enviados;Sí\n"
        "05/11/2023;10:00:00;{};Jay;;drei;Borradores;\n"
    ),
    "Polish": (
        "Data;Godzina;Numer telefonu;Nazwa;Kierunek;Treść;Folder;Usunięto\n"
        "2023-10-29;00:30:00;{};Jay;Przychodząca;eins;Odebrane;Nie\n"
        "2023-11-05;10:00:00;{};Jay;Wychodząca;zwei;Wysłane;Tak\n"
        "2023-11-05;10:00:00;{};Jay;;drei;Wersje robocze;\n"
    ),
    "Welsh": (
        "Dyddiad;Amser;Rhif ffôn;Enw;Cyfeiriad;Neges;Ffolder;Wedi\u2019i ddileu\n"
        "29/10/2023;00:30:00;{};Jay;I mewn;eins;Mewnflwch;Nac ydy\n"
        "05/11/2023;10:00:00;{};Jay;Allan;zwei;Anfonwyd;Ydy\n"
        "05/11/2023;10:00:00;{};Jay;;drei;Drafftiau;\n"
    ),
}
CALLS = {
    "German": (
        "Datum/Uhrzeit;Anruftyp;Telefonnummer;Kontakt;Dauer",
        "13. Februar 2024 um 10:05 Uhr;Eingehender Anruf",
        "13. Feb. 2024 10:05;Verpasster Anruf",
        "13. Feb. 2024 10:05;Ausgehender Anruf",
        "1 Min. 5 Sek.",
    ),
    "French": (
        "Date et heure;Type d\u2019appel;Numéro;Correspondant;Durée",
        "13 février 2024 à 10:05;Appel entrant",
        "13/02/2024 10h05;Appel manqué",
        "13/02/2024 10:05;Appel sortant",
        "1 min 5 s",
    ),
    "Dutch": (
        "Datum en tijd;Soort oproep;Nummer;Contactpersoon;Duur",
        "13 februari 2024 om 10:05;Inkomende oproep",
        "13-02-2024 10:05;Gemiste oproep",
        "13-02-2024 10:05;Uitgaande oproep",
        "1 minuut 5 seconden",
    ),
    "Spanish": (
        "Fecha y hora;Tipo de llamada;Número;Contacto;Duración",
        "13 de febrero de 2024, 10:05;Llamada entrante",
        "13/02/2024 10:05;Llamada perdida",
        "13/02/2024 10:05;Llamada saliente",
        "1 minuto 5 segundos",
    ),
    "Polish": (
        "Data i godzina;Rodzaj połączenia;Numer;Kontakt;Czas trwania",
        "13 lutego 2024 o 10:05;Połączenie przychodzące",
        "13.02.2024 10:05;Połączenie nieodebrane",
        "13.02.2024 10:05;Połączenie wychodzące",
        "1 min 5 sek.",
    ),
    "Welsh": (
        "Dyddiad ac amser;Math o alwad;Rhif;Cyswllt;Hyd",
        "13 Chwefror 2024 10:05;Galwad i mewn",
        "13/02/2024 10:05;Galwad a gollwyd",
        "13/02/2024 10:05;Galwad allan",
        "1 munud 5 eiliad",
    ),
}
PEOPLE = {
    "German": "Vorname;Nachname;Mobiltelefon;E-Mail-Adresse",
    "French": "Prénom;Nom de famille;Téléphone portable;Adresse e-mail",
    "Dutch": "Voornaam;Achternaam;Mobiel;E-mailadres",
    "Spanish": "Nombre;Apellidos;Móvil;Correo electrónico",
    "Polish": "Imię;Nazwisko;Telefon komórkowy;Adres e-mail",
    "Welsh": "Enw cyntaf;Cyfenw;Ffôn symudol;Cyfeiriad e-bost",
}


@pytest.mark.parametrize("language", TEXTS)
def test_texts(tmp_path: Path, language: str) -> None:
    result = read_text(tmp_path, TEXTS[language].replace("{}", NUMBER), name="t.csv")
    came, sent, draft = messages_of(result)
    assert [message.body for message in (came, sent, draft)] == ["eins", "zwei", "drei"]
    assert (came.direction, sent.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert (draft.direction, draft.direction_basis) == (Direction.DRAFT, "folder")
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.name) == (NUMBER, KEY, "Jay")
    assert [party.e164 for party in sent.to] == [KEY]
    assert (came.time.utc, sent.time.utc) == ("2023-10-28T23:30:00.000Z", "2023-11-05T10:00:00.000Z")
    assert [each.deleted for each in (came, sent, draft)] == [
        DeletedState.INTACT,
        DeletedState.DELETED,
        DeletedState.UNKNOWN,
    ]
    assert "columns_assumed" in {notice.code for notice in result.notices}


@pytest.mark.parametrize("language", CALLS)
def test_calls(tmp_path: Path, language: str) -> None:
    heading, *rows, duration = CALLS[language]
    content = "\n".join([heading, *(f"{row};{NUMBER};Jay;{duration}" for row in rows), ""])
    calls = calls_of(read_text(tmp_path, content, name="t.csv"))
    assert [call.call_type for call in calls] == [CallType.INCOMING, CallType.MISSED, CallType.OUTGOING]
    assert {call.time.utc for call in calls} == {"2024-02-13T10:05:00.000Z"}
    assert {call.duration_seconds for call in calls} == {65}
    parties = [party for call in calls for party in (call.from_party, *call.to) if party is not None]
    assert [(party.raw, party.e164, party.name) for party in parties] == [(NUMBER, KEY, "Jay")] * 3


@pytest.mark.parametrize("language", PEOPLE)
def test_people(tmp_path: Path, language: str) -> None:
    (contact,) = contacts_of(read_text(tmp_path, f"{PEOPLE[language]}\nJay;Kay;{NUMBER};j@example.org\n", name="c.csv"))
    assert (contact.name, contact.emails) == ("Jay Kay", ("j@example.org",))
    label = PEOPLE[language].split(";")[2]
    assert [(number.raw, number.e164, number.label) for number in contact.numbers] == [(NUMBER, KEY, label)]


def test_an_address_is_no_direction_of_people(tmp_path: Path) -> None:
    (contact,) = contacts_of(read_text(tmp_path, f"Nombre;Teléfono;Dirección\nJay;{NUMBER};Calle 1\n", name="c.csv"))
    assert contact.extra == (("Dirección", "Calle 1"),)


def test_a_word_of_another_language_is_none_in_an_english_row(tmp_path: Path) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Date,Time,Number,Message,Tag\n13/02/2024,10:00,{NUMBER},hi,01/01/2020\n")
    )
    assert (message.time.raw, message.extra) == ("13/02/2024 10:00", (("Tag", "01/01/2020"),))


def test_what_is_not_deleted_is_intact(tmp_path: Path) -> None:
    rows = "".join(
        f"13.02.2024 10:00;{NUMBER};hi;{word}\n" for word in ("nicht gelöscht", "gelöscht", "unbekannt", "?")
    )
    messages = messages_of(read_text(tmp_path, f"Datum;Nummer;Nachricht;Gelöscht\n{rows}"))
    assert [message.deleted for message in messages] == [
        DeletedState.INTACT,
        DeletedState.DELETED,
        DeletedState.UNKNOWN,
        DeletedState.UNKNOWN,
    ]
    assert messages[3].extra == (("Gelöscht", "?"),)


def test_roles_owner_and_the_handsets_own_store(tmp_path: Path) -> None:
    head = "Datum;Beteiligte;Nachricht;Quelle\n"
    rows = f"13.02.2024 10:00;Von: {NUMBER} Jay;eins;Telefon\n13.02.2024 10:01;An: {NUMBER} Jay;zwei;WhatsApp\n"
    came, sent = messages_of(read_text(tmp_path, head + rows))
    assert (came.service, came.direction, sent.service) == ("sms", Direction.INCOMING, "whatsapp")
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.name) == (NUMBER, "Jay")
    assert [party.raw for party in sent.to] == [NUMBER]


def test_a_language_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text(
            tmp_path, f"Datum;Tid;Nummer;Namn;Meddelande;Riktning;Typ\n2024-02-13;10:00;{NUMBER};Jay;hej;In;SMS\n"
        )
    assert refused.value.code == "table_unknown"


def test_a_polish_table_as_a_spreadsheet_program_saves_it(tmp_path: Path) -> None:
    text = "Data i godzina;Kierunek;Numer;Treść\n13.05.2024 14:30:00;Wychodzące;07700900456;cześć źle\n"
    result = read_text(tmp_path, text.encode("cp1250"))
    (message,) = messages_of(result)
    assert (message.body, message.direction) == ("cześć źle", Direction.OUTGOING)
    assert [notice.subject for notice in result.notices if notice.code == "encoding_assumed"] == ["Windows-1250"]


def test_call_records_of_a_german_operator(tmp_path: Path) -> None:
    rows = "Datum;Uhrzeit;A-Nummer;B-Nummer;Dauer;Art\n29.10.2023;00:30:00;07700 900123;07700 900456;65;abgehend\n"
    (call,) = calls_of(read_text(tmp_path, rows))
    assert call.from_party is not None
    assert (call.from_party.e164, [party.e164 for party in call.to]) == ("+447700900123", ["+447700900456"])
    assert (call.call_type, call.duration_seconds) == (CallType.OUTGOING, 65)
