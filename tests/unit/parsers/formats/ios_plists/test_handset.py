"""What the telephone's own settings say of the handset and its cards, in newer and in older writing."""

from parsers.formats.ios_plists.handset import HandsetFacts, gather

_ICCID, _IMSI, _IMEI, _NUMBER = "8944100030201230102", "234150000000102", "490154203237518", "+447700900102"


def facts_of(values: dict[str, object]) -> HandsetFacts:
    facts = HandsetFacts()
    gather(values, facts)
    return facts


def test_the_card_of_an_older_version_is_read() -> None:
    """It stands at the top, with its subscriber and its number beside it."""
    facts = facts_of({"ICCID": _ICCID, "IMSI": _IMSI, "SIMPhoneNumber": _NUMBER, "imeis": [_IMEI]})
    card = facts.cards[_ICCID]
    assert (list(card.imsi), list(card.msisdn), list(facts.imei)) == ([_IMSI], [_NUMBER], [_IMEI])


def test_cards_of_the_wallet_are_told_by_their_form() -> None:
    rights = {"CarrierEntitlements": {"lastGoodImsi": _IMSI}}
    facts = facts_of({"PersonalWallet": {_ICCID: rights, "a": rights, "version": 3}})
    assert list(facts.cards) == [_ICCID]


def test_a_number_that_is_reported_is_of_the_card_in_the_handset() -> None:
    facts = facts_of({"ReportedSubscriberIdentity": _ICCID, "ICCID": "8944100030209990002", "PhoneNumber": _NUMBER})
    assert [list(card.msisdn) for card in facts.cards.values()] == [[_NUMBER]]
