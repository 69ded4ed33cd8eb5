"""Adverts of the final bank. Slots as in the development bank; no wording stands in both."""

from __future__ import annotations

OFFERS: tuple[str, ...] = (
    "{name} is at work. {deal} of either",
    "Both here both good {deal} call {name}",
    "evening people {name} has it all {deal} up to {till}",
    "phones on",
    "{name} phones on",
    "Get down to {name} now {deal} lovely gear",
    "white n brown {deal} ask for {name}",
    "round the usual place {deal} last call {till}",
    "still here still strong {name}",
    "{name} got the goods. no waiting about. {deal}",
    "live n direct",
    "its ur boy {name} just re upped give me a call",
    "Payday special {deal} while it lasts",
    "{name} serving til {till} then thats me",
    "chunky ones today {deal} n thats both",
    "call me for the good stuff. {name}",
    "fill ur boots {deal} {name} line",
    "All day every day {name}. Drop offs if u spend 60",
    "new stuff in way better than the last lot {deal}",
    "good morning its {name} get ur orders in early",
    "bell {name} quick got {deal} goin for the next hour",
    "we on",
    "{name} we on",
    "nothing but fire in here {deal} dont miss",
    "Introduce 2 people n ill look after u. {name}",
    "anyone who brings some1 new gets a free one {name}",
    "apologies for being late all sorted now call away",
    "{name} sayin sorry 4 yesterday so its {deal} to make up",
    "happy hour from now til {till} {deal}",
    "any 2 for the price of 1 on dark til {till} {name}",
    "stocked up. {name}",
    "{deal} W / {deal} D pick up only, {name}",
    "come now come now",
    "meet me at the flats {deal} {till} at the latest",
    "{name} never lets u down {deal} proper weight",
    "rocks n powder {deal} top of the road",
    "{name} taking calls",
    "Cheap as chips today {deal} dont tell no 1 else",
    "still got a few left {name} ring b4 {till}",
    "proper gear no rubbish {deal}. {name} the main man",
    "birthday treat: spend 50 get 2 extra off {name}",
    "who wants it {deal}",
)

OFF_NOTICES: tuple[str, ...] = (
    "{name} shut now reopen at 8",
    "thats me done folks try me {till} 2moz",
    "no stock til later will let u know {name}",
    "finished for today",
)

CHANGES_FROM_OLD: tuple[str, ...] = (
    "{name} moving to {new} please save it now",
    "get me on {new} this number stops tonight",
    "Changing phones guys {new} is the one. {name}",
    "dont ring here again its {new} from today",
    "{new} {new} {new} thats {name} new digits",
    "my other phone {new} is the only 1 after today",
)

CHANGES_FROM_NEW: tuple[str, ...] = (
    "{name} from {old}. thats off now so its this one",
    "remember me? {old} is no good now this is {name}",
    "scrap {old} and put this in",
    "{old} got took. {name} is on here",
)

CHANGES_UNNAMED: tuple[str, ...] = (
    "{name} changed phones keep this one",
    "put this in ur fone its {name}",
    "{name} fresh number for you all",
    "had to switch. {name} is here now",
)

WARNINGS: tuple[str, ...] = (
    "people pretending to be {name} watch out i only have this fone",
    "there is one {name} and its me on this number ignore the rest",
)

IMITATIONS: tuple[str, ...] = (
    "{name} cheaper than ever {deal} on this phone",
    "real {name} here {deal} call now",
    "u want {name}? this is where its at {deal} til {till}",
)

IMITATED_CHANGES: tuple[str, ...] = (
    "{name} had to change number so this is the one now",
    "old {name} number got nicked use this instead",
)

RENAMED: tuple[str, ...] = (
    "{old_name} is done we go by {name} same phone",
    "call us {name} from now ({old_name} is no more) {deal}",
)
