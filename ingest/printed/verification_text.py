"""What ``verify`` found, as a person reads it: counts of what is sound, and each thing that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ingest.outcomes import Verification
from ingest.printed.output import visible


def verification_lines(verification: Verification) -> Iterator[str]:
    """Yield one line a kind of check, then one line for each thing that is not sound."""
    sound = Counter(check.name for check in verification.checks if check.is_sound)
    checked = Counter(check.name for check in verification.checks)
    for name, count in checked.items():
        yield f"{name}: {sound[name]} of {count} sound"
    for check in verification.checks:
        if not check.is_sound:
            yield f"NOT SOUND: {check.name} {visible(check.subject)}: {visible(check.detail)}"
    yield "Everything matches its checksums." if verification.is_sound else "Something does not match its checksums."
