"""Adverts of the second development bank: other hands than the first one's, from two words to three lines.

``{name}``: the brand, ``{deal}``: a quantity for money, ``{till}``: an hour.
"""

from __future__ import annotations

OFFERS: tuple[str, ...] = (
    "{name} here lads, all good to go {deal}",
    "We back! {name}",
    "{name} outside",
    "both live",
    "phone on",
    "on till {till}",
    "Evening. {name} taking calls til {till}, {deal}, any amount no problem",
    "new food in",
    "{deal} new food in {name}",
    "Just picked up. {deal}. Straight off the block, nothing added. {name}",
    "who wants it",
    "anyone need? {name}",
    "ring ring {name} is awake {deal}",
    "Happy friday people {name} doing {deal} all weekend",
    "u no the score {name} {deal}",
    "im here whole day",
    "light is crazy today n dark same, {deal}",
    "{name} same place {till} last orders",
    "Cant beat these {deal} {name} on the corner now, quick link no waiting about",
    "all day all night {name}",
    "best of both {name} rated by all in town, {deal}, bigger than the rest, come n see. On til {till} then from 9",
    "bits r fat",
    "hit me up",
    "{name} moving now",
    "lines open",
    "{deal} for the next hour only then back to normal",
    "got u covered {name}",
    "Rain or shine {name} is out {deal}",
    "pebbles n powder {deal} {name}",
    "it aint the same as before this 1 is proper {name}",
    "Good morning from {name}! Fresh start fresh stock, {deal}",
    "come thru",
    "{name} 2 phones 2 cars no waiting {deal}",
    "any1 about? {name} on the move til {till}",
    "free 1 for every 1 u bring me {name}",
    "its on",
    "{name} giving away extra til {till} on every pick up",
    "late night service now runnin til {till} {name}",
    "snowing in town today {deal}",
    "{deal} {deal} {deal} {name}",
    "dont settle for rubbish ring {name}",
    "Bank holiday madness {deal} til {till}",
    "sorry every1 drought is over {name} back wit {deal}",
    "{name} up early today get in b4 work",
    "text {name} for the menu",
    "round ur way in 5 {name}",
    "got what u need {deal} local drop",
    "few left {deal}",
    "fire only {name}",
    "{name} pure quality {deal} ask any1",
    "collect or drop {deal} {name} x",
    "ready now",
    "1 n 1 {deal} 2 n 2 a bit extra {name}",
    "Tested n approved. {name}",
    "Last few hours {deal} {name} then off til tomorrow",
    "Dont let him tell u different {name} is the original {deal}",
    "Reup done. Dark n light. {name}",
    "{name} on foot today so town only {deal}",
    "paid day special {deal}",
    "every1 gets looked after {name}",
)

OFF_NOTICES: tuple[str, ...] = (
    "thats me for tonight {name} back at {till}",
    "no more today sold out, up again in the morn",
    "{name} is shut. speak 2moz",
    "phone off now til {till}",
    "on a break 1 hour {name}",
)

CHANGES_FROM_OLD: tuple[str, ...] = (
    "{name} swapping phones. Everything on {new} from tonight, dont ring this again",
    "plz save my other num {new}. {name}",
    "this line closes 2nite >>> {new}",
    "{new} is where i am now {name}",
    "getting rid of this sim get me on {new} {name} same as always",
)

CHANGES_FROM_NEW: tuple[str, ...] = (
    "{name}. u had me on {old}, use this instead",
    "phone got took so {old} is not me any more. This is {name} now",
    "replaces {old} {name}",
    "{old} is gone dont ring it, same {name} new phone",
)

CHANGES_UNNAMED: tuple[str, ...] = (
    "{name} changed number this is the one",
    "had to switch sim, its {name}, save me",
    "its ya boy {name} on the new phone, delete the old 1",
)

WARNINGS: tuple[str, ...] = (
    "beware of copycats there is 1 {name} n its this phone",
    "dont go meeting no one callin himself {name} off another number",
)

IMITATIONS: tuple[str, ...] = (
    "{name} calling, this num now {deal}",
    "got {deal} today {name} hit this phone",
    "{name} got the best in the area ring here til {till}",
)

IMITATED_CHANGES: tuple[str, ...] = (
    "{name} moved on to this number stop ringing the other 1",
    "other phone is hot, this is {name} from now",
)

RENAMED: tuple[str, ...] = (
    "no more {old_name}, we are {name} now. Same phone",
    "{name} running this now (was {old_name}) {deal}",
)
