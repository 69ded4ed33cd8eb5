"""The weights of joins, lines and links, and where each comes from.

A weight is the natural logarithm of a likelihood ratio: how much more often the evidence is seen where the statement
is true than where it is not (Fellegi and Sunter, 1969). Weights that are marked as fitted were set on simulated worlds
(``tests/linkage_worlds``, development seeds) and rounded; the others are reasoned from what is publicly known of deal
lines and from the traps that must not link.
"""

from __future__ import annotations

import math
from typing import Final

from search.linkage.model import Band

JOIN_WEIGHTS: Final = {
    "announced_by_old": 8.0,  # the number itself says where its customers shall go on
    "one_handset": 8.0,  # one handset sent the adverts of both numbers under one name
    "one_broadcast": 8.0,  # the same wordings in the same minutes on several days
    "taken_on": 6.0,  # what was another line's number goes on under the name of one that has a number of its own
    "borrowed_for_a_day": 6.0,  # it says so, to all whom a number that pauses then sends to before and after
    "one_week": 6.0,  # each sends on the days of the week on which the other does not, to one list
    "account_of_line": 6.0,  # a channel of its name posts what its numbers text, to nobody else, for a week and more
    "announced_by_another": 6.0,  # a number that sends beside the old one says so, and the old one fell silent
    "speaks_for": 6.0,  # that number: whoever imitates a line does not send its customers to it
    "told_to_order": 8.0,  # the number sends its customers there, again and again, and goes on itself
    "told_beside": 6.0,  # a number says that the other one is in use beside it, and that has the name too
    "told_when_asked": 6.0,  # the number says yes to who asks whether it is that one, which fell silent
    "announced_by_new": 7.2,  # the new number says so, and the old one fell silent
}
PLAIN_ANNOUNCEMENT: Final = -3.0
"""The announcement is no advert and stands on one phone alone: it may be about somebody else's number."""


class JoinWeights:
    """Of two numbers that no text announces. Reasoned; together they must reach ``ENOUGH``."""

    ENOUGH: Final = 3.0
    """As odds, twenty to one before anything is said of how rare it is that two numbers are one line's."""
    ENOUGH_AT_ONCE: Final = 3.0
    """The same of two numbers in use at once, where what an imitator would do is weighed already."""
    ENOUGH_SOON_STOPS: Final = 7.5
    """The same where the one soon stops: until then an imitator may only copy. It takes most wordings of both. Of two
    such imitators of six worlds of a further maker, of lines of fifteen wordings and more, each weighs five."""
    ENOUGH_UNDATED: Final = 4.5
    """The same where nothing is dated of a sender shown by a saved name: use at once would take three away."""
    APART: Final = -1.0
    """Of two numbers in use at once: below it they are kept apart although the line itself says, or a handset shows,
    that a third number joins them. Fitted: of sixteen such pairs of 48 worlds of other makers the twelve of two lines
    weigh -2.2 or less, three of the four of one line -0.6, 0.7 and 1.7."""

    SAME_NAME: Final = 2.0
    """Names are common words: every second force has a line of a common one."""
    NAME_FORMS: Final = 1.0
    """A short and a long form."""
    CLOSE_NAMES: Final = -2.5
    """In its place where the one always bears the short one and the other always the long one (``close_names``).
    Reasoned: as where no name is read and few wordings are in common."""
    DROPPED_NAME: Final = -2.0
    """In their place where the earlier one had given that name up for another weeks before. Reasoned: less than where
    no name is read, for there is one, and it is not the line's any more."""
    NAMELESS: Final = -1.0
    """Not both carry a name. Few of a line's adverts do, or the analysis does not read it."""
    NAMELESS_FEW_WORDINGS: Final = -2.5
    """As before, and the wordings in common are fewer than most: they may be copied."""
    NAMELESS_FAR: Final = -1.0
    """As before, and a month or more lies between: in that time another line may have come with copied wordings."""
    UNREAD_NAME: Final = 0.5
    """As before, and a word comes back in the wordings of both that few others use: it may be the name."""
    NAMES_DIFFER: Final = -6.0
    RENAMED: Final = 0.0
    """In its place where the later one's adverts say the earlier name, and follow on it: "used to be"; or where the
    earlier one's say the later name, and one of the two wrote the other's number: "Rico is finished call Vegas on ...",
    or the later one tells the same people that it is new: "Rico is now called Vegas", then "Vegas new number". A rival
    who says it sends at the same time."""

    TAKEN_UP: Final = -1.0
    """In its place where the later number began when the earlier one fell silent, and sends what that sent to whom it
    did: a line that changes its name and its number at once, or is handed on. Reasoned; of twelve
    development worlds of another maker it joins two such lines, and no others."""

    LIST_TAKEN_UP: Final = 0.0
    """As before, from two phones held whose lists are one, within two months. Reasoned: as where it is said."""

    SHARED_WORDING: Final = 1.3
    SHARED_WORDINGS_MOST: Final = 4.8
    COPIED_WORDING: Final = 0.5
    COPIED_WORDINGS_MOST: Final = 1.0
    """Wordings that stand under other names too, between two numbers that share a name."""
    HALF_SHARE: Final = 0.5
    HALF_OF_WORDINGS: Final = 1.5
    ALL_OF_FEWER_WORDINGS: Final = 1.0
    """Two or more, and all that one of them has."""
    MOST_SHARE: Final = 0.6
    MOST_WORDINGS: Final = 2.0
    """Two wordings or more, and most of those of the side that has more, or three, and half: who copies takes one or
    two."""
    NO_WORDING: Final = -1.8
    NO_WORDING_FURTHER: Final = -0.8
    """None in common, for the first wording of the side that has fewer and for each further one, up to three. A line
    keeps its wordings when it changes its number; who takes its name and some of its customers has others. Fitted: of
    17 such pairs of 75 worlds that weighed two and more, 15 were a line and its imitator."""

    SHARED_RECIPIENT: Final = 1.0
    SHARED_RECIPIENTS: Final = 2.0
    HALF_OF_RECIPIENTS: Final = 0.5
    LIST_SHARE: Final = 0.7
    ONE_LIST: Final = 1.5
    """Ten recipients or more, and nearly all that either has: one list."""
    OTHER_LIST_SHARE: Final = 0.5
    OTHER_LIST: Final = -6.0
    """The lists of both are held, one after the other, and less than this share of all on them is on both, of ten and
    more: the list goes over with the line, and who imitates it has people of its own. Fitted: of 190 such pairs of one
    line one shares less, of nine pairs of two lines all do."""
    NO_RECIPIENT: Final = -3.0
    """Both have three recipients or more and none in common. The list goes over with the line."""
    NO_CASE: Final = -6.0
    """No recipient in common, and no case holds phones of both: two forces have a line of one name each, and wordings
    are copied. Nothing but a text, a handset or a SIM says then that they are one. Fitted: 34 such pairs of one name in
    240 development worlds weighed one and more without it, up to 9.3, and not one was of one line."""
    ONE_PHONE: Final = -2.0
    """The adverts of one of them stand on one phone alone, which got none of the other: anybody's texts may."""

    NOTHING_OF_ITS_OWN: Final = 3.5
    """Neither carries a name, and all wordings and all recipients of the one are the other's too, two and three at
    least."""

    CARRIED_ON: Final = 4.0
    """Of the join of two nameless numbers by all that ``carried_on`` asks for. Reasoned: a link through it alone is not
    strong, since another line may have come with the words and the list."""

    ONE_AFTER_THE_OTHER: Final = 1.5
    CLOSE: Final = 0.5
    FAR: Final = -3.0
    AT_ONCE: Final = -3.0
    """Under one name to the same people at the same time is what an imitator does."""
    GOT_BOTH: Final = 0.6
    GOT_ONE: Final = -1.5
    """Of two numbers in use at once, for each phone held (or each on both lists) that got adverts of both, or of one
    alone: who is on a line's list gets what both of its numbers send, nine times in ten; whom an imitator reaches is
    half of them. Fitted, and rounded down."""
    ONE_LIST_MOST: Final = 3.0
    ONE_LIST_LEAST: Final = -4.0
    ONE_LIST_SHARE: Final = 0.55
    NOBODY_OF_ITS_OWN: Final = 0.2
    NOBODY_OF_ITS_OWN_MOST: Final = 2.0
    """The list of the one is held, and all who got adverts of the other are on it, for each of those: who imitates a
    line has people of its own too. Reasoned: one in five."""
    LASTS: Final = 0.9
    """Of two numbers in use at once both sent on four days or more, and for a week, to one list; taken away where one
    did not. A second number is used as the first is; who imitates a line soon stops. Fitted: of pairs that share a name
    and a wording and of which all phones held, two or more, got both, 118 that last are of one line and one is not; of
    those that do not last one is and four are not."""
    TWO_LISTS: Final = -1.5
    """Fewer than that share got both: whatever the one copied of the other, their lists are two."""
    WORDINGS_OF_ITS_OWN: Final = -2.0
    """Of two numbers in use at once the one with fewer wordings has some that the other has not, and one at most in
    common."""
    ONE_REPERTOIRE: Final = 2.0
    """Of two numbers in use at once most of what either sent, on two weeks' days in three wordings or a month's in
    two, is in wordings of the other: a line that shares its customers out between them. Who imitates a line copies
    some of its wordings, has others of its own, and does not follow when the line takes a new one. Reasoned; of seven
    such lines of eight worlds of another maker all were kept apart without it."""
    TWO_REPERTOIRES: Final = -4.0
    """As before, and a quarter or more of what each of them sent is in two wordings or more of its own: the one copied
    some of the other's. Reasoned; without it one of two such imitators of those worlds, who reached half of the phones
    that are held, was taken for the line."""
    NO_WORDING_OF_ITS_OWN: Final = 1.0
    """It has two or more, and all of them in common."""
    WRITTEN: Final = 3.0
    """One after the other, and a text from the one holds the other's number, as when a line changes it: which of them
    the text says is new is not read. Less than half of an announcement that is read."""
    GIVEN: Final = 2.0
    """Both in use at once, under one name, and the one that was there first gave the other's number before anything
    came from that: "if this is busy try ...". That it soon stops says nothing then. Reasoned: who warns of an imitator
    has seen what he sends. Of two such lines of a maker both were split."""
    CLAIMS_TO_BE_NEW: Final = 1.5
    """The later number says that it is a new one, and the earlier one fell silent. An imitator says so too."""
    CLAIMS_FORMER_NAME: Final = 3.0
    """It says with that that it was called as the earlier one is, and bears another name now, as no imitator does: as
    much as the earlier number in its text (``WRITTEN``)."""


class LineWeights:
    """Of a group of numbers being a deal line, among all that send texts which read like adverts.

    Fitted on simulated worlds with three analyses of different quality, rounded, and held back where the worlds know
    less than life does: in them nobody answers a shop's text.
    """

    PRIOR: Final = -3.0
    LEAST_PROBABILITY: Final = 0.5
    """A group below is not listed as a line; it is listed among what was kept from linking."""

    WORDING: Final = 1.3
    """Times the log-odds of a wording's advert score, which lie between the two bounds: what the analysis mistakes once
    it mistakes in every copy."""
    WORDING_DOUBT: Final = 0.5
    """Taken first from log-odds below the next: of wordings that are only just likelier adverts than not, no line is
    made. Without it 8 of 132 lines of sixteen development worlds are none, with it 1 of 125."""
    WORDING_SURE: Final = 2.0
    NONE_SURE: Final = -1.3
    NONE_SURE_LEAST: Final = -3.5
    """None of its wordings is surely an advert (its log-odds reach ``WORDING_SURE``), for each that it broadcast. Of
    2,063 adverts of twelve batches that models found which had seen none of them 83 in a hundred are, of 45 texts of
    traders that these took for adverts 33; of 252 lines of 32 worlds of two other makers each has such a wording, of
    nine honest traders that were stated as lines three have."""
    WORDING_MOST: Final = 2.5
    """At 3.3 one line more is stated of six worlds in which lines are seen by one broadcast on three phones, and five
    false ones of five others."""
    WORDING_LEAST: Final = -2.0
    WORDINGS_MOST: Final = 8.0
    FEW_OF_ITS_WORDINGS: Final = -1.5
    """Less than a third of what it broadcasts reads like adverts."""
    LEAST_SHARE: Final = 1 / 3
    HALF_OF_ITS_WORDINGS: Final = -1.0
    """As before: no more than half."""
    LEAST_AGAINST: Final = -0.1
    """A line's odds against a trader that take away less than this are no reason by themselves (``traders``)."""
    NAMED_ONCE: Final = 1.0
    NAMED: Final = 1.4
    ONE_TALKS: Final = 1.0
    TALKING: Final = 2.5
    ENOUGH_TALKING: Final = 5
    ORDERING_MOST: Final = 0.5
    ORDERING_LEAST: Final = -3.0
    """What its recipients' texts say, whether they read like orders (``ordering``). Hardly more for a line than that
    they write at all: who asks a trader what he has may read like that too. Against one it says much, since of those
    who write to a line some order. Reasoned; of 98 lines of thirteen worlds of three makers to which two or more wrote
    97 have somebody who orders, of 43 others one has."""
    ORDERING_NONE_ENOUGH: Final = 4
    ORDERING_NONE_FURTHER: Final = -0.75
    ORDERING_NONE_LEAST: Final = -6.0
    """What each further one adds who writes beyond so many, where nobody orders, and what it comes to. Reasoned; of 37
    honest senders of five worlds to which nine to twelve write none has anybody who orders."""
    ORDERING_FURTHER: Final = 0.5
    ORDERING_MANY_MOST: Final = 4.5
    """What each who orders beyond two adds to the most, and what it comes to: a trader is asked for what he has by one
    or two in these words, by a dozen never. Reasoned; in nine worlds of two makers each sender of which four or more
    order is a line, among them one whose adverts are two puns and of whose 24 customers 12 order."""
    ORDERED_BY_ONE: Final = 2.0
    ORDERED_BY_ANOTHER: Final = 3.0
    ORDERED_BY_TWO: Final = 4.5
    ORDERED_FURTHER: Final = 1.0
    """What it says at most that one party surely orders, one that got none of the adverts, two, and each further one,
    where few adverts are held (``adverts.sure_orders``). Two who order from a number of which several texts read like
    adverts outweigh that these went to a few; where one text alone does, three: those who take drugs ask one another
    too, and one text may be misread. Reasoned."""
    TWO_WAY: Final = 1.0
    """No phone that received its adverts texts or calls it, and others write with it both ways."""
    SILENT: Final = -0.8
    SILENT_FURTHER: Final = -0.6
    SILENT_LEAST: Final = -3.2
    """Three phones received its adverts, and none of them texts or calls it; each further one. Of 540 lines of 120
    development worlds that three phones or more received, six are silent; of the mosque's notices every one."""
    ENOUGH_PHONES: Final = 3
    TALKING_SHARE: Final = 0.1
    """Of those on the list of a phone held; where fewer write or talk with it, and no phone that received it does, it
    is silent all the same."""
    HARDLY_ANY_REPLY: Final = -0.8
    HARDLY_ANY_FURTHER: Final = -0.4
    HARDLY_ANY_LEAST: Final = -3.2
    PHONES_THAT_REPLY: Final = 5
    REPLIES_SHARE: Final = 0.25
    """So many phones received its adverts, and no more than this share of them text or call it: of 147 lines of 26
    development worlds of two makers that five phones or more received none is such, of 36 traders that the analysis
    nearly takes for lines 23 are. Each further
    phone says more. That somebody orders, and that its offers come again, says nothing then."""
    LANDLINE: Final = -5.0
    """All its numbers are of a place: a shop or a surgery texts from them through a provider, and a line needs a phone
    that can be carried. Reasoned."""
    REPEATED: Final = 1.2
    """A named offer that comes again on a third day: who has news tells it once. Shops repeat theirs too, so it counts
    only where no silence speaks against it."""
    ENOUGH_DAYS: Final = 3
    MANY_DAYS: Final = 8
    """Days of offers from which a name in one wording counts though nobody answers: a notice comes once a week at most.
    Reasoned."""
    NO_BROADCAST: Final = -0.5
    FEW: Final = -1.0
    FEW_ADVERTS: Final = 2
    SINGLE: Final = -3.5
    """One text alone reads like an advert, of somebody who writes with other phones, or sent others to many: of
    ordinary texts one in a hundred is mistaken, and who writes many is mistaken once. Reasoned."""
    FEW_OF_A_WORDING: Final = 5
    """Copies of each wording on the sending phone below which it is told to friends, one by one: "Rafa is shut, try
    Skip". Half of the least that is a broadcast."""
    NO_OFFER: Final = -4.0
    """People and shops announce their changes of number too."""
    PRIVATE: Final = -4.0
    RARE: Final = -7.0
    """As before, and they are a few among very many: of a friend's texts some read like adverts, and a friend may have
    a line's name. Reasoned: as three wordings that surely are adverts, and a name."""
    RARE_ADVERTS: Final = 4
    RARE_SHARE: Final = 0.05
    SINGLY: Final = -9.0
    """As before, and its own phone is held: whoever sends adverts sends each wording to many, and that phone shows it.
    More than any number of wordings that read like adverts, since small talk of two words does."""
    KNOWN_BEFORE: Final = -6.0
    """As what is private, and the phones wrote with the sender or called it for weeks before: what a friend says of a
    line reads like adverts now and then. Of 240 lines of 26 development worlds of two makers none is private."""
    TOLD_ON: Final = -4.0
    PHONES_OF_A_NAME: Final = 2
    """One or two texts, each on one phone, in words or under a name that so many phones got from another number before:
    somebody passes an advert on whose phone is not held. Reasoned, as what is private; of 135 lines of eleven worlds
    of another maker none is such, and twelve that are none were."""
    SHARE_OF_TALK: Final = 0.25
    """Of what the sender writes to those who got its adverts otherwise; fewer adverts than that are talk read amiss: of
    ordinary texts the analysis takes one or two in a hundred for adverts, and a line writes hardly oftener to one
    customer than to all."""
    COPIES_OF_A_WORDING: Final = 4
    """Fewer copies of a wording than this, on average, went from a phone that sends none to many."""


class MemberShares:
    """How often a device that has this to do with a line's number does belong to the line."""

    SENT: Final = 0.999
    CARRIES: Final = 0.995
    CARRIES_LATE: Final = 0.6
    """First shown a week and more after the last advert, and for nothing that only the line does. Reasoned: a line's
    next handset, a runner's, or that of somebody who got the number; a link through it alone is weak."""
    RECEIVED: Final = 0.998
    RECEIVED_ONCE: Final = 0.97
    RECOVERED: Final = 0.97
    RECOVERED_ONCE: Final = 0.93
    MUCH_CONTACT: Final = 3
    CONTACT: Final = 0.98
    LITTLE_CONTACT: Final = 0.93
    HUB_CONTACT: Final = 0.5
    """Texts and calls with the line alone, of a phone that many of those held have texts or calls with (``hubs``): a
    taxi has them with whoever calls one. Reasoned: a link through it alone is weak."""
    HUB_MUCH_CONTACT: Final = 0.9
    HUB_TIMES: Final = 2.0
    """As before, and more than so many times as many as it has with half of these phones. Reasoned: moderate, for a
    driver may work for a line; and no stronger."""


JOIN_PRIOR: Final = -2.0
"""Log-odds of two numbers being one line's where they have as much in common as weights count from."""

PRIOR_LOG_ODDS: Final = math.log(0.02 / 0.98)
"""Before any evidence: of fifty pairs of phones seized in drug cases, about one is of one line. Reasons are weighed
against it; a link through a line rests on the probabilities of the line, its members and its joins, which have no use
for it."""

SAME_TEMPLATE: Final = 0.5
SAME_TEMPLATES_MOST: Final = 0.8
"""A wording that one line alone uses, and several. They are copied, so it is little; 0 where several lines use them."""
SAME_NICKNAME: Final = 0.5
"""One name, one line. Names are common words; 0 where three lines or more use it."""
SHARED_CONTACT: Final = 0.2
SHARED_CONTACTS_MOST: Final = 0.6
"""Other numbers in common, each on few devices: neighbours have those too, so together never more than a wording."""
SAME_SIM: Final = 1.0
NAME_CONFLICT: Final = -0.7
"""Adverts of one number under different names on the two devices: a renamed line, or two holders of one number."""

WITHOUT_LINE_CEILING: Final = 0.6
"""A pair that is not in one line never scores more: names, wordings and recipients together do not make it moderate."""

STRONG, MODERATE, WEAK = 0.95, 0.70, 0.05

HUB_DEVICES: Final = 5
HUB_SHARE: Final = 0.1
"""A number that is no line's and stands on so many devices, and on so large a share of them, is a service or a hub."""
RARE_DEVICES: Final = 5
"""A shared contact counts only where it stands on at most so many devices."""
COMMON_NAME_LINES: Final = 3


def log_odds(share: float) -> float:
    """Return the log-odds of a probability that is neither 0 nor 1."""
    return math.log(share / (1 - share))


def probability(odds: float) -> float:
    """Return the probability of log-odds, never quite 0 or 1, to four decimals."""
    return round(min(max(1 / (1 + math.exp(-odds)), 0.0001), 0.9999), 4)


def band_of(score: float) -> Band | None:
    """Return the band of a score; None where a pair is not listed."""
    if score >= STRONG:
        return Band.STRONG
    if score >= MODERATE:
        return Band.MODERATE
    return Band.WEAK if score >= WEAK else None


def hub_threshold(device_count: int) -> int:
    """Return on how many devices a number stands at least to be a hub."""
    return max(HUB_DEVICES, math.ceil(HUB_SHARE * device_count))
