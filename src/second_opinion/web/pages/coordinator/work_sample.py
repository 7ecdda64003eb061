"""The work sample of a case, for its coordinators: the task, and how far each candidate is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import criteria_of, remaining_candidacies_of
from second_opinion.cases.states import LetterKind
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.errors import WorkSampleError
from second_opinion.opinions import policies as opinions_policies
from second_opinion.opinions import services as opinions
from second_opinion.web.mails import candidate_previews, letter_previews
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work_sample(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    if request.method != "POST":
        return _show(request, case)
    try:
        _do(request, case)
    except REFUSED as error:
        return _show(request, case, sentence=str(error))
    messages.success(request, _("It is done."))
    return redirect("work_sample", pseudonym)


def _do(request: SignedInRequest, case: Case) -> None:
    act, sent, actor = request.POST.get("act", ""), request.POST, request.user
    if act == "write":
        minutes = sent.get("minutes", "")
        services.write_task(
            actor=actor,
            case=case,
            task=sent.get("task", ""),
            minutes=int(minutes) if minutes.isdecimal() else 0,
            criteria=sent.getlist("criteria"),
        )
        return
    if act == "give":
        services.give_task(actor=actor, case=case)
        return
    candidacy = next(
        (
            one
            for one in remaining_candidacies_of(case)
            if str(one.pseudonym) == sent.get("candidacy", "")
        ),
        None,
    )
    if candidacy is None:
        raise WorkSampleError(_("There is no such candidate in this case."))
    if act == "count":
        services.count_one_rater(actor=actor, candidacy=candidacy)
        return
    rater = next((one for one in _raters(case) if str(one.pseudonym) == sent.get("rater")), None)
    if rater is None:
        raise WorkSampleError(_("Choose who is to rate."))
    opinions.engage_rater(actor=actor, candidacy=candidacy, rater=rater)


def _raters(case: Case) -> list[Person]:
    found = people_with((Role.ASSESSOR, Role.COORDINATOR), case.provider)
    return [person for person in found if opinions_policies.may_rate_work_sample(person, case)]


def _show(request: SignedInRequest, case: Case, *, sentence: str = "") -> HttpResponse:
    sample = selectors.work_sample_of(case)
    person, sent = request.user, request.POST
    raters = _raters(case)
    context = {
        "case": case,
        "sample": sample,
        "task": sent.get("task", sample.task if sample else ""),
        "minutes": sent.get("minutes", sample.minutes if sample else 60),
        "chosen": sent.getlist("criteria") or (sample.criteria if sample else []),
        "criteria": criteria_of(case),
        "can_write": bool(policies.may_write_task(person, case)),
        "can_give": bool(policies.may_give_task(person, case)),
        "can_engage": bool(opinions_policies.may_engage_rater(person, case)),
        "raters": raters,
        "rows": [
            {
                "candidacy": one,
                "attempt": selectors.attempt_of(one),
                "ratings": selectors.ratings_on([one]),
                "can_count": bool(policies.may_count_one_rater(person, one)),
            }
            for one in remaining_candidacies_of(case)
        ],
        "mails": candidate_previews(case),
        "rater_mails": letter_previews(LetterKind.ENGAGED, case, raters, author=person),
        "is_masked": selectors.is_masked(case),
        "sentence": sentence,
    }
    return render(request, "coordinator/work-sample.html", context, status=422 if sentence else 200)
