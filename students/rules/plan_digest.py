"""What somebody agrees to when a plan is applied, as one short text that two plans share only when they are alike."""

import hashlib
import json
from collections.abc import Mapping, Sequence

_SEEN = ("created", "changed", "ended")


def plan_digest(counts: Mapping[str, Mapping[str, int]], held: Sequence[str]) -> str:
    """The hash of what is created, changed and ended of each kind, and of why the plan is held.

    What stays as it is does not count: a plan is the same plan when another record stands beside it.
    """
    seen = {kind: [found[each] for each in _SEEN] for kind, found in counts.items()}
    return hashlib.sha256(json.dumps([seen, list(held)], sort_keys=True).encode()).hexdigest()
