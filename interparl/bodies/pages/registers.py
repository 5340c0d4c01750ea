"""The pages of bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies import filters, forms
from interparl.bodies.actions import replace_member
from interparl.bodies.blocks import (
    COMPOSITION,
    SEATS,
    change_days,
    changes_around,
    composition,
    last_step,
    ruler_of,
    seat_rows,
    vacancies,
)
from interparl.bodies.blocks.letters import may_write_to
from interparl.bodies.blocks.looked import AROUND_A_BODY, AROUND_A_COUNTRY
from interparl.bodies.models import Body, Decision, Membership, Part, Partner, Seat, Step
from interparl.bodies.workflow import membership_workflow
from interparl.core.addresses import address, as_of, list_address
from interparl.core.exports import FORMATS, Sheet, download
from interparl.core.formats import write_day
from interparl.core.forms import show_refusal
from interparl.core.looks_page import looked_page
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, day_problem, reading_of
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown, text_in
from interparl.core.writing import Refused
from interparl.directory.blocks.parts import may_add
from interparl.directory.pages import country_pages
from interparl.directory.pages.columns import NOTE, SINCE, TIME, UNTIL, link_column, name_column, source_fact, text_fact


def _partners(body: Body, reading: Reading) -> str:
    return ", ".join(text_in(partner.country.name, reading.language) for partner in body.partners.all())


def _official(body: Body, reading: Reading) -> str:
    return shown(body.official_name, reading.language).text


def body_context(body: Body, reading: Reading) -> dict[str, Any]:
    """The composition of the day with its vacancies, the ruler, and the changes before and after the day."""
    table = composition(body, reading, SEATS)
    if not any(last_step(one, reading.day) for one in table.rows):
        table.columns = replace(SEATS, of=SEATS.of[:-1])
    empty = vacancies(body, table.rows, reading)
    days = change_days(body, reading)
    earlier, later = changes_around(days, reading.day)
    here = address((Body.record_kind(), body.pk))
    convocation = reading.seen(body.convocation)
    partners = list(Partner.objects.visible_to(reading.user).filter(body=body).select_related("country").order_by("pk"))
    total = len(table.rows) + len(empty)
    return {
        "composition": table,
        "composition_count": _("%(filled)s of %(all)s seats filled") % {"filled": len(table), "all": total}
        if empty
        else len(table),
        "composition_links": _composition_links(body, reading),
        "composition_rows": seat_rows(table, empty, reading),
        "life": _life(body, reading),
        "convocation_words": text_in(convocation.name, reading.language) if convocation else "",
        "last_change": _last_change(days, reading),
        "ruler": ruler_of(body, days, reading),
        "previous_change": f"{here}?on={earlier.isoformat()}" if earlier else "",
        "next_change": f"{here}?on={later.isoformat()}" if later else "",
        "partner_links": [
            (
                partner.country.code,
                text_in(partner.country.name, reading.language),
                as_of(address(("directory.country", partner.country_id)), reading),
            )
            for partner in partners
        ],
    }


def _composition_links(body: Body, reading: Reading) -> list[Link]:
    base = f"{address((Body.record_kind(), body.pk))}composition/?on={reading.day.isoformat()}"
    links = [Link(form.upper(), f"{base}&format={form}") for form in FORMATS]
    if add := may_add(Membership.record_kind(), reading, body=body.pk):
        links.append(Link(_("Add"), add))
    if may_write_to(body, reading):
        links.append(Link(_("Letter to the assembly…"), reverse("bodies:body-letter", args=(body.pk,))))
    if not reading.is_past and isinstance(reading.user, User) and reading.user.rights.may("exchange.import_files"):
        query = urlencode({"kind": "memberships-csv", "body": body.pk})
        links.append(Link(_("Add members from a list…"), f"{reverse('exchange:batch-new')}?{query}"))
    return links


def _life(body: Body, reading: Reading) -> tuple[str, str]:
    """Whether the body exists on the day, in a word, with the tone of that state."""
    holds = body.holds_on(reading.day)
    if holds == "no":
        is_ahead = body.since_earliest is not None and body.since_earliest > reading.day
        return (_("Not formed yet"), "draft") if is_ahead else (_("Ended"), "ended")
    return (_("Active, approximate"), "warn") if holds == "approximate" else (_("Active"), "good")


def _last_change(days: list[date], reading: Reading) -> str:
    known = [day for day in days if day <= reading.day]
    return _("Last change %(day)s") % {"day": write_day(known[-1], reading.language)} if known else ""


body_pages = RecordPages(
    model=Body,
    form=forms.BodyForm,
    filters=filters.BodyFilters,
    icon="bodies",
    related=("convocation", "organisation", "formed_by", "ended_by", "continues", "source"),
    context=body_context,
    columns=Columns(
        (
            name_column("bodies.body"),
            Column("kind", gettext_lazy("Kind"), lambda b, r: r.choice(b, "kind"), kind="choice", sort="kind"),
            Column("partners", gettext_lazy("Partners"), _partners),
            link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
            Column(
                "convocation",
                gettext_lazy("Convocation"),
                lambda b, r: text_in(found.name, r.language) if (found := r.seen(b.convocation)) else "",
                sort="convocation__number",
            ),
            SINCE,
            UNTIL,
        ),
        related=("convocation",),
        needs=("partners__country",),
    ),
    facts=(
        Column(
            "official_name",
            gettext_lazy("Official name"),
            _official,
            spoken=lambda b, r: shown(b.official_name, r.language).language,
        ),
        Column("kind", gettext_lazy("Kind"), lambda b, r: r.choice(b, "kind"), kind="choice"),
        link_column("convocation", gettext_lazy("Convocation"), "directory.convocation", "convocation"),
        link_column("organisation", gettext_lazy("Organisation"), "directory.organisation", "organisation"),
        link_column("chamber", gettext_lazy("Chamber"), "directory.chamber", "chamber"),
        link_column("formed_by", gettext_lazy("Formed by"), "bodies.decision", "formed_by"),
        link_column("ended_by", gettext_lazy("Ended by"), "bodies.decision", "ended_by"),
        link_column("continues", gettext_lazy("Continues"), "bodies.body", "continues"),
        TIME,
        NOTE,
        source_fact(),
    ),
)


def composition_page(request: StaffRequest, key: int) -> HttpResponse:
    """The composition of a body on a day as a file."""
    body = body_pages.get(request, key)
    reading = reading_of(request)
    form = request.GET.get("format", "csv")
    if problem := day_problem(request):
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    return download(composition_sheet(body, reading), form if form in FORMATS else "csv")


def composition_sheet(body: Body, reading: Reading) -> Sheet:
    """The rows of the composition with the body, the day and the note about invented people named first."""
    table = composition(body, reading)
    about = [
        (_("Body"), text_in(body.name, reading.language)),
        (_("As of"), write_day(reading.day, reading.language, "full")),
        (_("Grade"), str(body.get_grade_display())),
    ]
    keys = [column.key for column in COMPOSITION.of]
    headings = [str(column.label) for column in COMPOSITION.of]
    rows = [
        [row.pk, *values, row.holds_on(reading.day) == "approximate", row.grade]
        for row, values in zip(table.rows, table.values(), strict=True)
    ]
    return Sheet(
        f"{body.code}-{reading.day.isoformat()}",
        about,
        ["id", *keys, "approximate", "grade"],
        [_("id"), *headings, _("approximate"), _("grade")],
        rows,
    )


decision_pages = RecordPages(
    model=Decision,
    form=forms.DecisionForm,
    related=("source",),
    columns=Columns(
        (
            Column(
                "taken_on",
                gettext_lazy("Day"),
                lambda d, r: d.taken_on,
                kind="partial",
                sort="taken_earliest",
                address=lambda d: address(("bodies.decision", d.pk)),
            ),
            Column("number", gettext_lazy("Number"), lambda d, r: d.number, sort="number"),
            Column("organ", gettext_lazy("Organ"), lambda d, r: text_in(d.organ, r.language)),
            Column("title", gettext_lazy("Subject"), lambda d, r: text_in(d.title, r.language)),
        )
    ),
    facts=(
        Column("taken_on", gettext_lazy("Day"), lambda d, r: d.taken_on, kind="partial"),
        text_fact("organ", gettext_lazy("Organ")),
        text_fact("title", gettext_lazy("Subject")),
        NOTE,
        source_fact(),
    ),
)

partner_pages = RecordPages(
    model=Partner,
    form=forms.PartnerForm,
    columns=Columns(
        (
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            link_column("country", gettext_lazy("Country"), "directory.country", "country"),
        )
    ),
)

part_pages = RecordPages(
    model=Part,
    form=forms.PartForm,
    columns=Columns(
        (
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            link_column("parliament", gettext_lazy("Parliament"), "directory.parliament", "parliament"),
            SINCE,
            UNTIL,
        )
    ),
)

seat_pages = RecordPages(
    model=Seat,
    form=forms.SeatForm,
    columns=Columns(
        (
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            Column("title", gettext_lazy("Title"), lambda s, r: text_in(s.title, r.language)),
            Column("kind", gettext_lazy("Kind"), lambda s, r: r.choice(s, "kind"), kind="choice", sort="kind"),
        )
    ),
)

membership_pages = RecordPages(
    model=Membership,
    form=forms.MembershipForm,
    filters=filters.MembershipFilters,
    workflow=membership_workflow,
    columns=Columns(
        (
            link_column("person", gettext_lazy("Member"), "directory.person", "person", sort="person__label"),
            link_column("body", gettext_lazy("Body"), "bodies.body", "body"),
            Column("role", gettext_lazy("Role"), lambda m, r: r.choice(m, "role"), kind="choice", sort="rank"),
            SINCE,
            UNTIL,
        ),
        plain=("person_id", "body_id", "role", "since", "until"),
    ),
)

step_pages = RecordPages(
    model=Step,
    form=forms.StepForm,
    columns=Columns(
        (
            Column("kind", gettext_lazy("Step"), lambda s, r: r.choice(s, "kind"), kind="choice", sort="kind"),
            Column("taken_on", gettext_lazy("On"), lambda s, r: s.taken_on, kind="partial", sort="taken_earliest"),
        )
    ),
)


def replace_page(request: StaffRequest, key: int) -> HttpResponse:
    """Somebody else takes a member's place; the last decision and the day of today are filled in."""
    leaving = membership_pages.get(request, key)
    reading = reading_of(request)
    if not leaving.may_change(request.user) or reading.is_past:
        raise PermissionDenied
    known = Decision.objects.visible_to(request.user).filter(taken_earliest__lte=reading.day)
    last = known.order_by("-taken_earliest", "-pk").first()
    initial = {"since": reading.day.isoformat(), "decision": last}
    form = forms.ReplaceForm(
        request.POST if request.method == "POST" else None, initial=initial, reading=reading, leaving=leaving.person
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            replace_member(
                leaving,
                person=data["person"],
                since=data["since"],
                decision=data["decision"],
                note=data["note"],
                by=request.user,
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Replaced."))
            return HttpResponseRedirect(address(("bodies.body", leaving.body_id)))
    context = _replacing(leaving, form)
    return membership_pages.render(request, "deed", context, 422 if request.method == "POST" else 200)


def _replacing(leaving: Membership, form: forms.ReplaceForm) -> dict[str, Any]:
    """What the page shows that asks who takes the place."""
    body = leaving.body
    return {
        "form": form,
        "deed_title": _("Replace %(name)s") % {"name": leaving.person},
        "deed_verb": _("Save"),
        "deed_keep": _("Back"),
        "consequence": _("The place changes hands on that day: the one who leaves sits until the day before."),
        "back": address(("bodies.body", body.pk)),
        "crumbs": [
            Link(capfirst(_("bodies")), list_address("bodies.body")),
            Link(str(body), address(("bodies.body", body.pk))),
        ],
    }


def country_looked_page(request: StaffRequest, key: int) -> HttpResponse:
    """All that happened around a country since the reader last looked."""
    return looked_page(country_pages, AROUND_A_COUNTRY, request, key)


def body_looked_page(request: StaffRequest, key: int) -> HttpResponse:
    """All that happened around a body since the reader last looked."""
    return looked_page(body_pages, AROUND_A_BODY, request, key)
