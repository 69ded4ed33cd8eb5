"""Changes of number, announced from the old and from the new one, by lines and by others, in several languages."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from nlp.analysis import Analyser
from nlp.changes.change_features import Answer
from nlp.changes.change_letters import LETTERS, Row
from nlp.changes.change_model import ANY_NUMBER, ChangeModel, ChangeModelFile, shipped_change_model
from nlp.changes.change_rules import RULE
from nlp.changes.imitators import RULE_WARNS
from nlp.components.number_changes import RULE_MODEL, Looked, Looking
from nlp.lexicons import LexiconKind, load_lexicons
from nlp.training.corpora_reading import Change, GoldText
from nlp.training.train_changes import Text, feature_weights, true_answer
from parsers.records.findings import NO_NUMBER_CHANGE, NumberChangeRole, SpanKind, TextFinding

Find = Callable[[str], TextFinding]

LOOKED = Looked([], Row("", [], []), [], None, are_same=False)
SPELLED = "oh double seven double oh nine double oh six four two"


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        # from the new number
        ("lost my phone, this is me now", "new", None),
        ("got a new work phone, save this one x", "new", None),
        ("new sim same me", "new", None),
        ("bin my old num x kelly", "new", None),
        ("mum its me on a mates phone, text me on this", "new", None),
        ("lost all my contacts, who is this", "new", None),
        ("Zmieni\u0142em numer, stary usu\u0144. Tomek", "new", None),
        ("Am num\u0103r nou, \u0219terge-l pe cel vechi", "new", None),
        ("Ky \u00ebsht\u00eb numri im i ri, fshije t\u00eb vjetrin", "new", None),
        ("Rhif newydd gen i, dilea'r hen un", "new", None),
        # from the old number
        ("this phone is finishing friday, use 07700 900188", "new", "07700 900188"),
        ("from tomorrow im on 07700 900188", "new", "07700 900188"),
        ("the line has moved to 07700 900188", "new", "07700 900188"),
        ("07700 900188 from now on", "new", "07700 900188"),
        ("my number is now 07700 900188", "new", "07700 900188"),
        ("new number for the chippy delete the old one 01632 960188", "new", "01632 960188"),
        ("Numarul nou e 07700 900188", "new", "07700 900188"),
        ("moj nowy nr 07700 900188", "new", "07700 900188"),
        ("07700 900187 is finished, lucky is 07700 900188", "new", "07700 900188"),
        ("LOSE 07700 900187!!! its not ours now, we are on 07700 900188", "new", "07700 900188"),
        ("plz save my other num 07700 900188. Flash line", "new", "07700 900188"),
        ("text me on my other phone 07700 900188", "new", "07700 900188"),
        # what is given up
        ("dont use my other number 07700 900188", "old", "07700 900188"),
        ("dont ring 07700 900188 no more", "old", "07700 900188"),
        ("delete 07700 900188", "old", "07700 900188"),
        ("old num 07700 900188 is dead", "old", "07700 900188"),
        ("07700 900188 isnt us, dont fall for it", "old", "07700 900188"),
        ("stary numer 07700 900188 ju\u017c nie dzia\u0142a", "old", "07700 900188"),
        ("this number goes off tonight, message me on insta", "old", None),
        # none
        ("ring dont text 07700 900188", "none", None),
        ("call 07700 900188 now", "none", None),
        ("you have 2 missed calls from 07700 900188", "none", None),
        ("have you got his new number", "none", None),
        ("new shop same number", "none", None),
        ("we have not changed number", "none", None),
        ("Phone died sorry. On now", "none", None),
        ("Tank new number soon, til then this one", "none", None),
        ("get me 5 new numbers and 2 are free", "none", None),
        ("is this Dexys new number", "none", None),
        ("New login from Luton. If not you call 020 7946 0771 now", "none", None),
        # on the way out, and out
        ("Jojo changin numbers after this text", "old", None),
        ("Im on the other phone from now. 07700 900318", "new", "07700 900318"),
        ("07700 900284 this is the one now yeah", "new", "07700 900284"),
    ],
)
def test_what_the_rules_read(analyser: Analyser, text: str, role: str, number: str | None) -> None:
    (reading,) = analyser.readings_for_model([text])
    looking = Looking(load_lexicons())
    numbers = looking.numbers(reading) or []
    ruled = looking.look(reading, numbers).ruled
    mark = None if ruled is None or ruled.number is None else numbers[ruled.number]
    read = ("none" if ruled is None else ruled.role, mark and reading.surface(mark.start, mark.end))
    assert read == (role, number)


def test_of_an_old_and_a_new_number_the_new_one_is_named(find: Find) -> None:
    change = find("number 07700 900137 is finished, take this: 07700 900154").number_change
    assert (change.role, change.number, change.e164) == (NumberChangeRole.NEW, "07700 900154", "+447700900154")


def test_a_word_has_one_class() -> None:
    """The letter of a word would hang on the order of the entries."""
    entries = [entry for entry in load_lexicons().of_kind(LexiconKind.PATTERN) if entry.cue in LETTERS]
    assert len({entry.term for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"new one. {SPELLED}", SPELLED),
        ("3 strips 12 quid 01632 960 918", "01632 960 918"),
        ("raat 11 bajay tak, order 07700 900 031", "07700 900 031"),
    ],
)
def test_numbers_behind_other_digits(find: Find, text: str, number: str) -> None:
    spans = [span.surface for span in find(text).spans if span.kind is SpanKind.NUMBER]
    assert spans == [number]


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("Kaz not on 07700 900470 any more, save this one", "old", "07700 900470"),
        ("dont use this number after tonight, new one coming", "old", None),
        ("who told u to switch the phone off", "none", None),
        ("lost my phone, this is me now", "new", None),
        ("this phone is finishing friday, use 07700 900188", "new", "07700 900188"),
        ("delete 07700 900188", "old", "07700 900188"),
        ("call 07700 900188 now", "none", None),
        ("Ky \u00ebsht\u00eb numri im i ri, fshije t\u00eb vjetrin", "new", None),
        ("Zephyr on 07700 900922 from now on, this fone is going in the river", "new", "07700 900922"),
    ],
)
def test_what_the_model_weighs(find: Find, text: str, role: str, number: str | None) -> None:
    """Texts that the rules alone misread, and plain ones."""
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole(role), number)


def test_a_number_that_is_given_up_is_not_called_new(find: Find) -> None:
    """The sender's own is the new one here; to say nothing is better than to turn it round."""
    for text in ("jack here off +447700900984, that ones dead use this", "dont ring 07700900984 that 1 is gone now"):
        assert find(text).number_change.role is not NumberChangeRole.NEW


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("TANGO was 07700 900717 now this", "old", "07700 900717"),
        ("Rico was on 07700900717 now on this one", "old", "07700900717"),
        ("Tango used 2 be 07700900717, now this 1", "old", "07700900717"),
        ("Tango was 07700900717 now 07700900718", "new", "07700900718"),
        ("this is Tango used to be Zed on 07700 900717 now on here", "old", "07700 900717"),
        ("This is Tango used to be Zed on 07700 900717", "old", "07700 900717"),
        ("formerly Zed on 07700 900717 now Tango on this one", "old", "07700 900717"),
        ("You knew us as Zed on 07700900717 now Tango here", "old", "07700900717"),
        ("New name new number its Tango the old Zed on 07700900717", "old", "07700900717"),
        ("Tango here was Big Zed on 07700 900717 now here", "old", "07700 900717"),
    ],
)
def test_a_number_that_was_and_is_not_now_is_the_old_one(find: Find, text: str, role: str, number: str) -> None:
    change = find(text).number_change
    assert (change.role.value, change.number) == (role, number)


@pytest.mark.parametrize(
    "text",
    [
        "Spike here same old deals on 07700 900717",
        "good old Spike on 07700 900717",
        "Prices used to be 40 each call 07700 900717 Spike",
        "was called last night from 07700 900717",
        "any old time on 07700 900717. Spike",
    ],
)
def test_what_was_otherwise_is_no_number_given_up(find: Find, text: str) -> None:
    assert find(text).number_change.role is not NumberChangeRole.OLD


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("text this one not 07700 900717", "old", "07700 900717"),
        ("Tango new number, not 07700 900717", "old", "07700 900717"),
        ("mum here use this number not 07700 900717", "old", "07700 900717"),
        ("This is my number now and not 07700 900717", "old", "07700 900717"),
        ("Tango not on 07700 900717 now, only here", "old", "07700 900717"),
        ("Tango is now 07700 900718 not 07700 900717", "new", "07700 900718"),
        ("Tango got a new phone so if its not 07700 900717 it aint me", "new", "07700 900717"),
        ("why not save my new number 07700 900717 Tango", "new", "07700 900717"),
    ],
)
def test_a_number_that_it_is_not_is_none_to_go_to(find: Find, text: str, role: str, number: str) -> None:
    """To call it the new one turns a succession round."""
    change = find(text).number_change
    assert (change.role.value, change.number) == (role, number)


@pytest.mark.parametrize(
    "text", ["new number is Tango's only real one not 07700 900717", "my number, not 07700 900717, typo"]
)
def test_a_number_denied_as_anothers_or_mistyped_is_no_change(find: Find, text: str) -> None:
    assert find(text).number_change.number is None


def test_evidence_names_what_read_the_change(find: Find) -> None:
    rules = find("old num 07700 900188 is dead").rules
    (model,) = (rule for rule in rules if rule.startswith(f"{RULE_MODEL}:"))
    assert float(model.rpartition(":")[2]) >= shipped_change_model().least
    assert RULE in rules
    assert not [rule for rule in find("are you coming round later").rules if rule.startswith("number-change")]


def _model(**given: object) -> ChangeModel:
    empty: dict[str, object] = {"words": {}, "of_text": {}, "of_number": {}}
    stored = {"version": "changes-0", "least": 0.6, "asked": 0, **empty, **given}
    return ChangeModel(msgspec.convert(stored, ChangeModelFile), {"eski": "o"})


def test_a_word_that_a_unit_added_has_the_weight_of_its_letter() -> None:
    model = _model(asked=100, words={"=o": 150, ANY_NUMBER: 120, "dull": -50})
    assert model.is_asked(["eski"], has_number=False)
    assert model.is_asked(["hello"], has_number=True)
    assert not model.is_asked(["hello"], has_number=False)
    assert not model.is_asked(["hello", "dull"], has_number=True)


def test_a_reading_counts_only_where_it_is_likely_enough() -> None:
    row = Row("tN", ["this", "#N"], [1])
    for weight, answer in ((300, Answer("old", 0)), (20, None)):
        judged = _model(of_number={"tN": [0, weight]}).judged(row, [], None)
        assert (judged and judged.answer) == answer


def test_the_model_of_changes_names_its_version(analyser: Analyser) -> None:
    (finding,) = analyser.find(["hello"])
    assert shipped_change_model().version in finding.nlp_version


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (None, None),
        (Change("new"), Answer("new")),
        (Change("old", "+447700900188"), Answer("old", 1)),
        (Change("new", "07700 900999"), None),
    ],
)
def test_the_truth_names_the_number_by_its_place(change: Change | None, answer: Answer | None) -> None:
    gold = GoldText(batch="a", family="advert", text="", language="en", change=change)
    assert true_answer(gold, ["07700 900187", "07700 900188"]) == answer


def test_weights_tell_what_examples_show() -> None:
    """Of the old and the new number, and of the sender's own, with a feature that each shows."""
    shown = [
        Text("a", [], frozenset(), LOOKED, truth, ["", of_text], [[of_number]] if of_number else [])
        for truth, of_text, of_number in (
            (Answer("new", 0), "x", "dead after"),
            (Answer("old", 0), "x", "now after"),
            (Answer("new"), "lost", ""),
            (None, "hello", ""),
        )
        for _ in range(20)
    ]
    of_text, of_number = feature_weights(shown)
    assert of_number["dead after"][0] > 100 > of_number["dead after"][1]
    assert of_number["now after"][1] > 100 > of_number["now after"][0]
    assert of_text["lost"][2] > 100 > of_text["hello"][2]


def test_who_asks_for_the_new_number_of_a_line_sends_no_advert(find: Find) -> None:
    assert [find(f"{who} got ash new num").is_advert for who in ("any1", "anyone")] == [False, False]
    assert find("Rico on both any1 got cash ring").is_advert


@pytest.mark.parametrize(
    "text",
    [
        "WARNING fake Raymond on 07700900251. this is the only real number",
        "someone is pretending to be us on 07700 900321 do not buy",
        "dont ring 07700 900 555 not me some kid using my name",
        "07700 900 012 is a fake, only use this one. Rico",
        "07700900781 is not Spike. never was. you been warned",
        "07700 900781 aint spike dont fall for it",
        "that 07700900781 number is a wrongun, it isn't Spike",
        "Someone on 07700 900 781 saying they are Spike they are not only trust this number",
        "if u get a text from 07700900781 its not me",
        "Spike only has this number, 07700900781 is a copycat",
        "some mug got 07700900781 saying hes Spike. we are the only Spike",
        "Do not ring 07700 900781 thats not Spike",
        "we hear some1 is txting as Spike from 07700900781 pls ignore them",
        "there is 1 Spike and its this num. 07700900781 is someone else",
        "07700 900781 is nothing to do with Spike",
    ],
)
def test_a_warning_of_who_uses_a_number_is_no_change_of_number(find: Find, text: str) -> None:
    found = find(text)
    assert found.number_change == NO_NUMBER_CHANGE
    assert RULE_WARNS in found.rules


@pytest.mark.parametrize(
    "text",
    [
        "only use 07700 900 391, the fakes have other numbers. Rico",
        "07700 900 321 was nicked off me, its not me on there, use this. Rico",
        "new number 07700 900 321, any other is a fake. Rico",
        "dont ring 07700 900228 no more its not us. Anvil",
        "Rico here on 07700 900 321 both on",
        "07700900781 is not working, use this one its Spike",
        "my old number 07700900781 is not in use, save this. Spike",
        "07700900781 is not on til 6. Spike",
        "There's only one Spike and this is the number, 07700 900781. Anyone saying they are me is a liar",
        "some clown goin round sayin hes me. only 07700 900781 is Spike, anything else aint mine",
        "ignore anyone else sayin they're Spike. only ever text u off 07700 900781 both, 3-24",
        "dont ring 07700 900781, some fella has it now and hes not happy",
        "dont ring 07700 900781 its not charged, use this. Spike",
        "Spike says hes on 07700 900781 today, dont be late",
        "Fakes about using our name. Spike 3 for 25. 07700 900781",
        "best in town nothing to do with the other lot. my num 07700 900781 Spike",
        "Some people saying its dry lol. Spike on 07700 900781",
        "Its not bait. Dont ring after 10. Spike 07700 900781",
        "someone was saying they got no answer. we are on 07700 900781 Spike",
    ],
)
def test_what_a_line_says_of_its_own_numbers_warns_of_nobody(find: Find, text: str) -> None:
    assert RULE_WARNS not in find(text).rules


@pytest.mark.parametrize(
    "text",
    [
        "Gaz line now run by Lenny, 07700 900549",
        "Gaz phone ran by Big Len now, on 07700 900549",
        "Gaz number has been taken over by Lenny 07700 900549",
        "Gaz line is under Lenny now 07700 900549",
        "the Gaz line, Lenny has it now: 07700 900549",
        "this line is closed Lenny now has the phone 07700 900549",
    ],
)
def test_a_line_that_has_passed_to_somebody_goes_on_at_the_number_behind_him(find: Find, text: str) -> None:
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole.NEW, "07700 900549")


@pytest.mark.parametrize(
    "text",
    [
        "The Gaz line has been taken over by police 01632 960101",
        "The school kitchen is now run by Caterlink, 01632 960123",
    ],
)
def test_who_runs_something_else_or_no_line_any_more_gives_no_new_number(find: Find, text: str) -> None:
    assert find(text).number_change == NO_NUMBER_CHANGE


@pytest.mark.parametrize(
    "text",
    [
        "Ghost got 2 phones now this n 07700900602 use any",
        "2 phones now this n 07700900115 use any. Dan",
        "Rico second phone 07700 900123 use both",
        "Rico work phone as well 07700 900123 same team",
        "new number 07700 900123 as well as this one, Rico",
        "Rico new line 07700 900123 and this one both on",
        "Got 2 phones now, this n 07700 900507. If 1s engaged try other 1. Ozzie",
    ],
)
def test_a_number_in_use_beside_the_senders_is_no_change(find: Find, text: str) -> None:
    assert find(text).number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Rico got 2 phones now 07700 900123 is the new one delete this",
        "lost my other phone, on 07700 900123 now ring both. Rico",
        "Rico second phone 07700 900123 use that from now",
        "Rico new number 07700 900123 use this now",
        "new number 07700 900123 and this is going off",
    ],
)
def test_a_number_for_which_another_is_given_up_is_a_change(find: Find, text: str) -> None:
    assert find(text).number_change.role is NumberChangeRole.NEW


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("its 0 double 7 double 0 900 355 sack this one off", "+447700900355"),
        ("its 077 double 0 9 double 0 355 now", "+447700900355"),
        ("o7700 nine hundred 123", "+447700900123"),
        ("0 seven 7 double 0 9 hundred 2 double 1", "+447700900211"),
        ("ring me on 077 double 0 nine hundred one two three", "+447700900123"),
        ("01632 nine 6 double 0 12", "+441632960012"),
    ],
)
def test_numbers_told_in_words_and_digits(find: Find, text: str, number: str) -> None:
    assert [span.canonical for span in find(text).spans if span.kind is SpanKind.NUMBER] == [number]


@pytest.mark.parametrize(
    "text",
    ["nine hundred quid", "2 double 7 double 0 and 900", "7 double 0 hundred", "seven 7 nine hundred quid 0 7 double"],
)
def test_sums_and_counts_beside_words_of_digits_are_no_number(find: Find, text: str) -> None:
    assert not [span for span in find(text).spans if span.kind is SpanKind.NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "its 07700 900355 sack this one off",
        "got a new phone its 07700 900355 sack this one off",
        "its 07700 900355 bin this",
        "07700 900355 this is going off",
        "this one going off use 07700 900355",
        "use 07700900355, this phone is going off",
        "delete this number, new one 07700 900355",
        "lose this number, ring me on 07700 900355",
    ],
)
def test_who_gives_up_the_number_he_writes_from_announces_the_other(find: Find, text: str) -> None:
    change = find(text).number_change
    assert (change.role, change.e164) == (NumberChangeRole.NEW, "+447700900355")


@pytest.mark.parametrize(
    "text",
    [
        "07700 900355 is the plumber, going off this weekend",
        "my dad is 07700 900355 dont bin this",
        "Delete this number 07700900500 hes a grass",
        "delete this number 07700 900355 its my old one",
        "forget this number 07700900355 feds have got it",
        "bin this number 07700 900355 only use mine",
        "lose this number ring 07700 900355 hes got it",
    ],
)
def test_what_else_is_given_up_makes_no_number_new(find: Find, text: str) -> None:
    assert find(text).number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "do not use 07700 900932 that is not Kev its a fake we are still on here",
        "07700 900932 is not Kev dont ring it, still on, 3 for 25",
        "some lad on 07700 900932 saying hes Kev, he aint. im still about",
        "dont ring 07700 900932 its a fake, this is still the same number. Kev",
    ],
)
def test_who_warns_of_another_may_say_that_he_is_still_here(find: Find, text: str) -> None:
    assert RULE_WARNS in find(text).rules


@pytest.mark.parametrize(
    "text",
    ["dont use 07700 900932 its not me, he still has it", "07700 900932 isnt me now, they still got my phone. Kev"],
)
def test_of_who_still_has_the_senders_phone_nobody_is_warned_as_of_an_imitator(find: Find, text: str) -> None:
    assert RULE_WARNS not in find(text).rules
