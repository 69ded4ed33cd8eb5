"""Orders and ordinary talk of the second development bank."""

from __future__ import annotations

Talk = tuple[str, ...]

ORDERS: tuple[Talk, ...] = (
    ("yo", "yo", "3 of each", "15 mins"),
    ("u free", "yeah", "by the co-op"),
    ("can u do me 2 til giro", "nah bro"),
    ("still on?", "yes"),
    ("where r u its been an hour", "traffic, 5 mins"),
    ("need 1 asap", "come to the flats"),
    ("is it u with the good 1", "yes mate", "ok 2"),
    ("im at the bridge", "walk down"),
    ("got 30", "ok 3", "same spot?", "ye"),
    ("ring u or text", "ring"),
    ("was short on that last pick up", "my bad il sort it"),
    ("mates with me that ok", "no on ur own"),
    ("hello?", "busy 2 secs"),
    ("4 light 2 dark", "65", "on me way"),
)

RUNNER_TALK: tuple[Talk, ...] = (
    ("hows the trap", "quiet"),
    ("how much u done", "nearly all", "good lad"),
    ("some1 is at the door", "look thru the window", "its her from 4"),
    ("u need to stay 2 more days", "my mum is goin mad"),
    ("pick up when i call", "sorry"),
    ("train is at 9", "got no money for it", "jump it"),
    ("wheres the rest", "thats all of it i swear"),
)

ELDER_TALK: tuple[Talk, ...] = (
    ("send it out", "done"),
    ("whats left", "bout a third"),
    ("some1 comin to u wit more", "safe"),
    ("change the sim on sunday", "ok"),
)

TALKS: tuple[Talk, ...] = (
    ("wuu2", "nothing u", "bored"),
    ("is dad ok", "yes he is home now"),
    ("tonight?", "yeah 8 at mine"),
    ("bring ur trunks", "ok"),
    ("where r u", "on the bus", "ok kettle is on"),
    ("both tickets came", "brill what row", "j"),
    ("il be 10 mins", "no worries"),
    ("phone on silent sorry", "its fine"),
    ("on now?", "yes ch4"),
    ("shop shut", "try the garage"),
    ("got any change for parking", "bout 2 quid"),
    ("back on the course monday", "good luck"),
    ("need anything", "milk n bread"),
    ("3 for 2 on nappies at the big tesco", "get 3 then x"),
    ("new number, this is carl", "saved mate"),
    ("ring ya mum", "will do"),
    ("hows work", "dead today"),
    ("party 2nite bring a bottle", "whos coming", "every1"),
    ("white one or the black one", "black"),
    ("sorry wrong number", "np"),
    ("ready?", "5 mins", "ok outside"),
    ("still poorly", "aw get some rest"),
    ("happy anniversary", "thank u xx"),
    ("did the parcel come", "next door have it"),
    ("what u want from the chippy", "large chips n a pie"),
    ("match is on at 3", "il be round"),
    ("u forgot ur coat", "il get it tomo"),
    ("can u feed the cat", "yes key under the pot?", "yeh"),
)
