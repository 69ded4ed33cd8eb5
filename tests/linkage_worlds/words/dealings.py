"""What customers, runners and those behind a line say to its phone; the same in both banks, since no line is in it."""

from __future__ import annotations

Talk = tuple[str, ...]
"""What is said in turns; the first is the first person's."""

ORDERS: tuple[Talk, ...] = (
    ("u about", "ye where u", "by the garages", "5"),
    ("can i come see u", "usual place"),
    ("you serving?", "yes 10 mins"),
    ("2 n 1 pls", "got it right?", "yeah 30", "come to the alley"),
    ("mate u there", "ring me"),
    ("how long u gona be", "round the corner", "ok im stood here"),
    ("any chance i can owe u", "no"),
    ("pay u friday promise", "u still owe from last time"),
    ("that last one was rubbish", "swap it 4 u come now"),
    ("u on yet", "half hour"),
    ("is it the same stuff as yesterday", "better", "ok coming"),
    ("cant get thru to u", "was on the other phone, come"),
    ("im outside", "look for the black coat"),
    ("one of each", "ok wait there"),
    ("got 40 can u do 5", "4", "go on then"),
    ("what time u start", "now"),
)

RUNNER_TALK: tuple[Talk, ...] = (
    ("how many u got", "6 n 3"),
    ("what u on", "220"),
    ("man by the bins wants 2", "ok", "done"),
    ("why u not answerin", "battery died"),
    ("dont leave the flat", "ok", "when can i eat tho"),
    ("someone comin to top u up at 4", "who", "u will know"),
    ("send location", "at the house still"),
    ("count it again", "its right i counted twice"),
    ("get the 7.15 n bring it all", "ok"),
    ("tell him no credit", "he says he spoke to u"),
)

ELDER_TALK: tuple[Talk, ...] = (
    ("hows it lookin", "slow", "push it out again then"),
    ("who is on tonight", "the young un"),
    ("need more by 6", "will sort"),
    ("keep that phone charged", "yes boss"),
    ("answer when i ring u", "sorry was outside"),
)

WRONG_NUMBERS: tuple[Talk, ...] = (
    ("u about", "who is this"),
    ("{name} u on", "wrong number"),
    ("2 for 15 still?", "think u got the wrong person, new phone"),
    ("is that {name}", "no ive only had this number a month", "sorry mate"),
)
"""Said to the holder of a number that was a line's."""

LATE_CUSTOMER: tuple[Talk, ...] = (
    ("who has this number now", "its just me, new contract"),
    ("see u at 6 then", "yep outside the gym"),
    ("forgot my keys can u let me in", "on my way"),
    ("ta for dinner was lovely", "any time x"),
)
"""Between the new holder of a recycled number and a friend."""

FORWARDING: tuple[str, ...] = ("look what i keep getting lol", "this u?? \U0001f602", "why do they text me this")

INVITATIONS = (
    "Hi all, this is my new number. Housewarming on saturday from 7, bring a bottle",
    "new phone new number, save it! bbq at ours sunday, food from 2, let me know who is coming",
    "Moving day is friday, anyone with a van ring me, pizza after",
)
