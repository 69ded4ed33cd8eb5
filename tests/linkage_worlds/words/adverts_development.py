"""Adverts of the development bank. ``{name}``: the brand, ``{deal}``: a quantity for money, ``{till}``: an hour."""

from __future__ import annotations

OFFERS: tuple[str, ...] = (
    "{name} up n running {deal} on the light n dark",
    "{name} about all day, {deal}, come correct",
    "Yo its {name}. Got both in, {deal}. Ring dont text",
    "{name} line live til {till}. {deal} either way",
    "active now",
    "{name} active",
    "both out now {deal} ring me",
    "its {name} new pack just dropped proper strong come see me",
    "{deal} on everything till {till} dont sleep on it",
    "{name} open now",
    "back out there",
    "{name} back out 2 mins walk from u",
    "top quality hard n soft {deal} {name}",
    "who needs sorting? {name} is round til {till}",
    "Morning all. {name} about from now, {deal}. First come first served",
    "B n W {deal} same spot",
    "{name} on road now shout me",
    "got that fire brown in today n the white is banging {deal}",
    "Special for my regulars only {deal} til {till}, {name}",
    "Big bits no small bits {deal} {name} x",
    "we are open all night tonight {name}",
    "{name}: ready when u r. no tick no change given",
    "fat ones {deal} hurry b4 it goes",
    "bring a mate n get 1 on me. {name}",
    "Refer a friend n ur next one is free this wk only",
    "{name} here sorry bout last nite sorted new stuff now {deal}",
    "sorry for the wait had phone trouble im about now",
    "dont go to no one else {name} got the best in town {deal}",
    "fresh batch 10 out of 10 feedback been mad {deal}",
    "im out n about. {name}",
    "Sunday deal {deal} both flavours {name}",
    "half price on the white til {till}",
    "{name} phone is on 24 7 delivery min 40",
    "parked up by the shops til {till} {deal}",
    "ready ready {name} ready",
    "{deal} brown {deal} white no messin {name} line",
    "shop open",
    "just landed ring {name} asap",
    "quick 1s only {deal} {till} finish",
    "loyal customers get {deal} today just say {name} sent u",
    "double up day buy 2 get 1 {name}",
    "Got stones n got B, {deal}. Meet at mine",
)

OFF_NOTICES: tuple[str, ...] = (
    "{name} closed til 2moro 9am dont ring",
    "off for the nite back {till} in the morning",
    "{name} done for today",
    "no more calls tonight all gone",
)

CHANGES_FROM_OLD: tuple[str, ...] = (
    "{name} has got a new number save it {new} this 1 going off",
    "this phone is finished use {new} from now on {name}",
    "new line for u all {new} same man same deals. {name}",
    "from 2moro ring {new} not this",
    "NUMBER CHANGED >> {new} << {name}",
    "delete this n save {new}",
)

CHANGES_FROM_NEW: tuple[str, ...] = (
    "its {name} old phone {old} is dead this is me now",
    "{name} here this is the new 1 bin {old}",
    "dont use {old} no more its this now",
    "lost my other fone ({old}) ring this for {name}",
)

CHANGES_UNNAMED: tuple[str, ...] = (
    "{name} here new number save it",
    "this is my new num {name} lock it in",
    "{name} on a new fone. pass it on to every1",
    "new sim same service {name}",
)

WARNINGS: tuple[str, ...] = (
    "some idiot using my name. only {name} is on this number dont get robbed",
    "any1 else sayin they are {name} is fake. im only on this phone",
)

IMITATIONS: tuple[str, ...] = (
    "{name} on this number today {deal} cheapest about",
    "{name} here ring this one {deal} til {till}",
    "come {name} 4 the best bits {deal} ring this",
)

IMITATED_CHANGES: tuple[str, ...] = (
    "{name} new number this is it old one is not safe",
    "its {name} i lost my fone use this number only",
)

RENAMED: tuple[str, ...] = (
    "{old_name} line is {name} now same number same stuff",
    "its {name} now not {old_name}, nothing else changed {deal}",
)
