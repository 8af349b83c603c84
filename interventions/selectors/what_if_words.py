"""The ways in which students would move under another policy, in plain words and in the order of pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from interventions.rules.what_if import Kind, Movement

_ORDER = (Kind.TIER, Kind.DISENGAGED, Kind.NOT_DISENGAGED, Kind.NOTICE, Kind.WATCHED, Kind.NOT_WATCHED)


def ordered(ways: Iterable[Movement]) -> list[Movement]:
    """Tiers first, from below; then disengagement, notices and tardies."""
    return sorted(ways, key=lambda way: (_ORDER.index(way.kind), way.before, way.after))


def way_words(way: Movement) -> str:
    """As `no tier to tier 1`."""
    return {
        Kind.TIER: lambda: _("%(before)s to %(after)s") % {"before": _tier(way.before), "after": _tier(way.after)},
        Kind.DISENGAGED: lambda: _("newly disengaged"),
        Kind.NOT_DISENGAGED: lambda: _("no longer disengaged"),
        Kind.NOTICE: lambda: _("truancy notice due at %(n)s") % {"n": way.after},
        Kind.WATCHED: lambda: _("newly on the tardy list"),
        Kind.NOT_WATCHED: lambda: _("no longer on the tardy list"),
    }[way.kind]()


def _tier(tier: int) -> str:
    return _("tier %(n)s") % {"n": tier} if tier else _("no tier")
