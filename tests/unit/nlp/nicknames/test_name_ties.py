from __future__ import annotations

import random

import pytest

from nlp.nicknames.name_forms import name_key
from nlp.nicknames.name_ties import NameUse, tied_names


def ties(**wordings: str) -> dict[str, str]:
    """Return which name stands for which, of names (``_`` for a space) with a letter for each wording."""
    return tied_forms({form.replace("_", " "): NameUse("", frozenset(held)) for form, held in wordings.items()})


def tied_forms(uses: dict[str, NameUse]) -> dict[str, str]:
    keyed = {name_key(form): use._replace(form=form) for form, use in uses.items()}
    assert len(keyed) == len(uses)
    main = tied_names(keyed)
    items = list(keyed.items())
    random.Random(1).shuffle(items)
    assert tied_names(dict(items)) == main, "the order of the names matters"
    return {keyed[key].form: keyed[best].form for key, best in main.items() if best != key}


def test_words_in_either_order_are_one_name() -> None:
    assert ties(Rhyl_Mick="abc", Mick_Rhyl="d") == {"Mick Rhyl": "Rhyl Mick"}


def test_initials_with_the_last_one_twice_are_stretched() -> None:
    assert ties(TJ="ab", TJJ="c") == {"TJJ": "TJ"}
    assert ties(TJ="a", TJJ="b") == {}
    assert ties(Jo="ab", Joo="c") == {}


def test_a_word_may_be_shortened_to_its_beginning() -> None:
    assert ties(Tottenham_Sid="ab", Tott_Sid="c", Lynn_Jay="de", Lynn_J="f") == {
        "Tott Sid": "Tottenham Sid",
        "Lynn J": "Lynn Jay",
    }


def test_a_beginning_of_two_names_is_neither() -> None:
    assert ties(London_Jay="ab", Lynn_Jay="cd", L_Jay="e") == {}
    assert ties(Mikey_T="ab", Mikey_D="cd") == {}
    assert ties(Kez_2="ab", Kez_22="c") == {}


def test_a_part_that_stands_seldom_is_the_long_name() -> None:
    assert ties(Bootle_Tone="abc", Tone="d") == {"Tone": "Bootle Tone"}
    assert ties(Boro_Gaz="abc", Gaz="de", Frank="fg") == {"Gaz": "Boro Gaz"}


def test_a_part_that_advertises_more_often_is_another_line() -> None:
    assert ties(London_Jay="abc", Jay="defg") == {}
    assert ties(London_Jay="abc", Jay="defghij") == {"Jay": "London Jay"}, "rivals are seen about as often"
    assert ties(Nahthen_Baz="a", Baz="bc") == {"Nahthen Baz": "Baz"}


def test_a_first_word_is_the_long_name_however_often_it_stands() -> None:
    assert ties(Tash_N_Co="abc", Tash="defg") == {"Tash": "Tash N Co"}
    assert ties(Tash_N_Co="ab", Tash="cdefgh", Tash_Two="i") == {"Tash N Co": "Tash", "Tash Two": "Tash"}
    assert ties(Tash_N_Co="abc", Tash_Two="efg", Tash="hi") == {}, "either may be meant"
    assert ties(Uncle_Reg="abc", Unc="d", Doctor_Wolf="efg", Dr_W="h") == {"Unc": "Uncle Reg", "Dr W": "Doctor Wolf"}


def test_a_part_of_two_long_names_is_neither() -> None:
    assert ties(London_Jay="abc", Lynn_Jay="def", Jay="g") == {}


@pytest.mark.parametrize("third", ["", "x"])
def test_a_wording_of_their_own_ties_a_part(third: str) -> None:
    """A wording that other lines use too says nothing."""
    found = ties(London_Jay="ax", Jay="bcx", Kezza=f"z{third}")
    assert found == ({} if third else {"Jay": "London Jay"})


def test_a_part_that_stands_far_oftener_is_what_the_line_is_called() -> None:
    assert ties(Cleo_Girl="ax", Cleo="bcdefx") == {"Cleo Girl": "Cleo"}


def test_one_number_ties_a_part() -> None:
    uses = {
        "London Marv": NameUse("", frozenset("ab"), frozenset({"+447700900001"})),
        "Marv": NameUse("", frozenset("cde"), frozenset({"+447700900001", "+447700900002"})),
    }
    assert tied_forms(uses) == {"Marv": "London Marv"}


def test_one_begins_the_other_where_it_stands_once() -> None:
    assert ties(Shuggie="abc", Shug="d") == {"Shug": "Shuggie"}
    assert ties(Kez="abc", Kezza="d") == {"Kezza": "Kez"}
    assert ties(Shuggie="ab", Shug="cd") == {}
    assert ties(Al="abc", Alfie="d") == {}
    assert ties(Oz="a", Ozzy="bcd", Mo="ef", Momo="gh") == {"Oz": "Ozzy"}


def test_rivals_that_advertise_stay_apart() -> None:
    assert ties(Len="abc", Lenny="def", Frank="ghi", Frankie="jk") == {}
    assert ties(Frank="abx", Frankie="cdx") == {}


def test_misread_letters_are_one_name() -> None:
    assert ties(Gucci="abc", Guccl="d") == {"Guccl": "Gucci"}
    assert ties(Malibu="abc", Mallbu="d") == {"Mallbu": "Malibu"}
    assert ties(T1="abc", TI="d") == {}


def test_figures_for_letters_are_the_name_with_letters() -> None:
    assert ties(Sunny="abc", **{"5unny": "d", "Sulley": "ef"}) == {"5unny": "Sunny"}
    assert ties(Max="abc", Maxi="def", Max1="g") == {}, "a name and a number"


def test_what_sounds_alike_is_one_name_if_it_is_long_enough() -> None:
    assert ties(Biscuit="ab", Bizkit="c", Squirrel="de", Skwirrel="f") == {"Bizkit": "Biscuit", "Skwirrel": "Squirrel"}
    assert ties(Trigger="abc", Trigga="de", Titch="fg", Tich="h") == {"Trigga": "Trigger", "Tich": "Titch"}
    assert ties(Kane="abc", Kaine="def") == {}
    assert ties(Max="ab", Macs="c", Cass="de", Kash="f") == {}


def test_titles_are_one_however_they_are_written() -> None:
    assert ties(Captain_Fizz="abc", Capn_Fizz="d", CPT_Fizz="ef") == {
        "Capn Fizz": "Captain Fizz",
        "CPT Fizz": "Captain Fizz",
    }
    assert ties(Mr_Pips="ab", Mrpips="c") == {"Mrpips": "Mr Pips"}


def test_a_name_without_its_vowels_is_the_one_that_has_them() -> None:
    assert ties(Panda="abc", Pnda="d", LDN="e") == {"Pnda": "Panda"}
    assert ties(Ronnie="abc", Rennie="def", RNN="g") == {}, "either may be meant"


def test_initials_are_those_of_the_only_name_that_has_them() -> None:
    assert ties(Mikey_D="abc", MD="d", Mdrake="e") == {"MD": "Mikey D"}
    assert ties(Mikey_Drake="abc", Mdrake="e") == {"Mdrake": "Mikey Drake"}
    assert ties(Mikey_D="abc", Manc_Dave="def", MD="g") == {}


def test_the_place_may_stand_behind() -> None:
    assert ties(Brum_Jay="ab", Jay_from_Brum="c") == {"Jay from Brum": "Brum Jay"}


def test_a_slip_of_the_thumb_stands_once_beside_a_name_that_stands_often() -> None:
    assert ties(Yorkie="abc", Yorkei="d") == {"Yorkei": "Yorkie"}
    assert ties(Winter="abc", Wintr="d") == {"Wintr": "Winter"}
    assert ties(Yorkie="ab", Yorkei="cd") == {}
    assert ties(Rico="abcd", Nico="e", Tony="fgh", Tiny="i") == {}, "another letter is another name"


def test_a_name_may_run_together_with_the_word_behind_it() -> None:
    assert ties(Audi="ab", Audiopen="c", El_Jefe="d", Eljeferunning="e") == {
        "Audiopen": "Audi",
        "Eljeferunning": "El Jefe",
    }
    assert ties(Frank="abc", Frankon="d") == {"Frankon": "Frank"}
    assert ties(Jas="abc", Jason="def") == {}, "a name may end so"


def test_of_two_names_that_are_seen_as_often_neither_is_the_other() -> None:
    assert ties(Frank="abc", Frankie="defg", Len="hij", Lenny="klm", Dan="nop", Danby="qrst") == {}
    assert ties(Frank="gh", Frankie="ijkl", Len="ab", Lenny="cdef") == {"Frank": "Frankie", "Len": "Lenny"}


def test_more_than_a_pet_name_behind_four_letters_makes_no_rival() -> None:
    assert ties(Geth="hij", Gethin="klmn", Nico="ab", Nico2="cd") == {"Geth": "Gethin", "Nico": "Nico2"}


def test_letters_without_their_marks_are_one_name() -> None:
    assert name_key("Zoltán") == name_key("Zoltan")
    assert name_key("Złoty") == name_key("Zloty")


def test_one_letter_is_the_only_name_that_begins_with_it() -> None:
    assert ties(Trigger="abc", T="d") == {"T": "Trigger"}
    assert ties(Trigger="abc", Mikey_T="efg", T="d") == {}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Fiveways", "5ways"), ("Nate", "N8"), ("Ace7", "Ac37"), ("H2o", "H20"), ("Two_Four", "2four"), ("LB", "Elbee"),
        ("Q8", "Kyooate"), ("LQ", "Elq"), ("Seventeen", "17"), ("Number_9", "N9"), ("Number_9", "9"), ("Lucky_7", "L7"),
        ("4corners", "4c"), ("Deano_Two_Dogs", "D2d"), ("Deano_Two_Dogs", "Two_Dogs"), ("Surf_n_Turf", "SNT"),
        ("Tick", "Mrtick"), ("Postman", "Postie"), ("Brogan", "Brogie"), ("Ozzie", "Ozz"), ("Milo", "Miol"),
        ("Young_Felix", "Felix"), ("Kestrel", "Kes"), ("QT7", "QT"),
        ("Teddy_T", "Ted"), ("Uncle_Desmond", "Des"), ("Harbour", "Harbr"),
    ],
)  # fmt: skip
def test_a_name_is_written_in_many_ways(name: str, written: str) -> None:
    often = "abcdef"
    assert ties(**{name: often, written: "x"}) == {written.replace("_", " "): name.replace("_", " ")}


def test_what_is_mistyped_in_two_wordings_stands_in_eight() -> None:
    assert ties(Captain="abcdefgh", Captian="xy") == {"Captian": "Captain"}
    assert ties(Captain="abcd", Captian="xy") == {}


def test_a_title_before_a_name_is_one_persons_word() -> None:
    assert ties(Bri="abcde", Big_Bri="x", Uncle_Bri="y") == {"Big Bri": "Bri", "Uncle Bri": "Bri"}


def test_what_is_cut_short_stands_far_less_often() -> None:
    assert ties(Teddy_T="abc", Ted="x") == {}
    assert ties(MK7="abcdef", MK="vwxyz") == {}
    assert ties(Teddy_T="abcdef", Teddy_Bear="ghijkl", Ted="x") == {}


def test_other_names_stay_apart() -> None:
    for one, other in (("Milo", "Milkman"), ("Rico", "Ricky"), ("Sonny", "Sunny"), ("Kez 2", "Kez 22")):
        assert ties(**{one.replace(" ", "_"): "abcdef", other.replace(" ", "_"): "x"}) == {}
    assert ties(Jay="abc", London_Jay="de") == {}


def test_letters_that_stand_twice_without_their_vowels_are_one() -> None:
    assert ties(Ronnie_K="abd", RNK="c") == {"RNK": "Ronnie K"}
    assert ties(Danny_K="abd", DNK="c") == {"DNK": "Danny K"}
    assert ties(Ronnie_K="abf", Ronin_K="de", RNK="c") == {}, "either may be meant"
    assert "DNK" not in ties(Donna_K="abd", Danny_K="e", DNK="c"), "either may be meant"
    assert ties(Ronnie_K="ab", RNK="c") == {}, "as often as a rival stands so"
    assert ties(Donna_K="a", DNK="bcdefg") == {}
    assert ties(Mango_Marv="ab", Marv="cd", MRV="e")["MRV"] == "Mango Marv"


@pytest.mark.parametrize(("bare", "whole"), [("RLS", "Rolls"), ("BLS", "Bells"), ("KLR", "Killer"), ("TTN", "Titan T")])
def test_letters_of_another_word_are_not(bare: str, whole: str) -> None:
    assert ties(**{bare: "g", whole.replace(" ", "_"): "abcdef"}) == {}


@pytest.mark.parametrize(
    ("pet", "name"),
    [("Harry", "Harley"), ("Danny", "Dante"), ("Billy", "Bilal"), ("Robbo", "Robin"), ("Gazza", "Gaz B")],
)
def test_a_pet_name_is_of_no_name_that_has_its_first_letters(pet: str, name: str) -> None:
    assert ties(**{pet: "g", name.replace(" ", "_"): "abcdefh"}) == {}


def test_our_kid_is_written_as_it_is_said() -> None:
    assert ties(Our_Kid="ab", R_Kid="c", Wor_Kid="d") == {"R Kid": "Our Kid", "Wor Kid": "Our Kid"}


def test_a_name_and_a_longer_one_that_both_stand_in_many_wordings_of_their_own_are_two() -> None:
    assert ties(Ray="abcdefgh", Lil_Ray="ijklmno") == {}
    assert ties(Jay="abcdefghij", Jay_R="klmnopq") == {}
    assert ties(Sam="abcde", Sammy="fghijklmnop") == {}


def test_they_are_one_in_the_same_wordings_or_beside_one_number() -> None:
    assert ties(Ray="abcdefgh", Ray_Ban="abcdijk") == {"Ray": "Ray Ban"}
    number = frozenset({"+447700900123"})
    uses = {"Ray": NameUse("", frozenset("abcdefgh"), number), "Ray Ban": NameUse("", frozenset("ijklmno"), number)}
    assert tied_forms(uses) == {"Ray": "Ray Ban"}
    assert ties(Ray="abcdefgh", Ray_Ban="ijklmn") == {"Ray": "Ray Ban"}
