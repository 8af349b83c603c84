"""Two people, or one who clicks twice, each with a connection of their own: one partner, one referral, one telling."""

from functools import partial
from uuid import uuid4

from interventions.models import Disclosure, Partner, Referral
from interventions.services.partners import PartnerFacts, add_partner
from interventions.services.referral_moves import Sheet, make_sheet, move_referral
from interventions.services.referrals import refer
from students.refusals import Refused, Stale
from tests.attendance.test_concurrency import at_once
from tests.interventions.referral_acts import a_case, a_mother, asked
from tests.world import World


def test_what_two_people_do_at_once_is_done_once(committed_world: World) -> None:
    world, form = committed_world, uuid4()
    reyes, osei, okafor = (world.scope(name) for name in ("reyes", "osei", "okafor"))
    youth = PartnerFacts(kind="community", name="Delta Youth")
    entered = at_once([partial(add_partner, reyes, youth, submission_id=each) for each in (form, form, uuid4())])
    assert Partner.objects.count() == 1
    assert all(isinstance(each, Partner | Refused) for each in entered), entered
    case, to = a_case(world), asked(Partner.objects.get())
    a_mother(world)
    made = at_once(
        [
            partial(refer, osei, case.pk, to, submission_id=form),
            partial(refer, osei, case.pk, to, submission_id=form),
            partial(refer, okafor, case.pk, to, submission_id=uuid4()),
        ]
    )
    assert all(isinstance(each, Referral | Refused) for each in made), made
    assert (Referral.objects.count(), Disclosure.objects.count()) == (1, 1)
    one = Referral.objects.get().pk
    sheets = at_once([partial(make_sheet, osei, one, submission_id=form)] * 2)
    assert all(isinstance(each, Sheet) for each in sheets), sheets
    assert Disclosure.objects.count() == 2
    moved = at_once(
        [
            partial(move_referral, osei, one, to="accepted", version=1),
            partial(move_referral, okafor, one, to="declined", words="No room", version=1),
        ]
    )
    assert sorted(type(each) for each in moved if not isinstance(each, Referral)) == [Stale]
    assert Referral.objects.get().moves.count() == 2
