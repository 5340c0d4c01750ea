"""The public page, how its numbers are counted, and the open data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.charts import KeyEntry, load_outlines, world_map, world_map_key
from interparl.core.formats import write_day
from interparl.core.kept import kept
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link, NumberLink
from interparl.core.translated import shown, text_in
from interparl.directory.models import Country
from interparl.portal.blocks import DATASETS, TALKS
from interparl.portal.measures import Counted, Facts, facts_of, map_levels, partners_sentence, talks_sentence
from interparl.portal.models import Section
from interparl.portal.pages.shell import OPEN_FORMATS, answer, counted_for, reading_of, to

OUTLINES = Path(__file__).parent.parent / "data" / "world.json"


@kept
def overview(request: HttpRequest) -> HttpResponse:
    """International activities: the parts whose areas exist, with every number counted and linked to its list."""
    reading = reading_of(request)
    counted = counted_for(reading)
    facts = facts_of(counted, reading.language)
    sections = {section.key: section for section in Section.objects.visible_to(reading.user).order_by("order")}
    parts = [
        {
            "key": key,
            "title": shown(sections[key].title),
            "text": shown(sections[key].text),
            **fill(request, counted, facts),
        }
        for key, fill in PARTS.items()
        if key in sections
    ]
    context = {
        "numbers": _numbers(request, facts),
        "counted_on": _("Counted on %(day)s from published records.")
        % {"day": write_day(reading.day, reading.language, "full")},
        "how_url": to(request, "how"),
        "parts": parts,
        **map_context(request, counted, reading),
    }
    return answer(request, "overview", reading, **context)


def _numbers(request: HttpRequest, facts: Facts) -> list[NumberLink]:
    """The four numbers, each with the plural form that it takes and the list that it counts."""
    return [
        NumberLink(str(number), words, to(request, "dataset", key))
        for key, number, words in (
            (
                "partners",
                facts.partner_parliaments,
                ngettext("partner parliament", "partner parliaments", facts.partner_parliaments),
            ),
            ("working-groups", facts.working_groups, ngettext("working group", "working groups", facts.working_groups)),
            (
                "commissions",
                facts.commissions,
                ngettext("interparliamentary commission", "interparliamentary commissions", facts.commissions),
            ),
            (
                "delegations",
                facts.permanent_delegations,
                ngettext("permanent delegation", "permanent delegations", facts.permanent_delegations),
            ),
        )
    ]


def _words(*_: Any) -> dict[str, Any]:
    return {}


def _forms(request: HttpRequest, counted: Counted, facts: Facts) -> dict[str, Any]:
    """The sentence on talks, in which each number leads to the list that it counts."""
    return {"sentence": talks_sentence(facts.talks, lambda key: to(request, "dataset", TALKS[key].key))}


def _relations(request: HttpRequest, counted: Counted, facts: Any) -> dict[str, Any]:
    return {
        "sentence": partners_sentence(facts.partner_parliaments),
        "links": [Link(_("All partner parliaments"), to(request, "dataset", "partners"))],
    }


def _groups(request: HttpRequest, counted: Counted, facts: Any) -> dict[str, Any]:
    commissions = [
        Link(text_in(name), to(request, "body", code))
        for code, name in counted.commissions().order_by("pk").values_list("code", "name")
    ]
    return {
        "sentence": f"{facts.sentences[1]} {facts.sentences[2]}",
        "links": [*commissions, Link(_("All working groups"), to(request, "dataset", "working-groups"))],
    }


def _delegations(request: HttpRequest, counted: Counted, facts: Any) -> dict[str, Any]:
    return {
        "sentence": facts.sentences[3],
        "links": [Link(_("All permanent delegations"), to(request, "dataset", "delegations"))],
    }


def _organisations(request: HttpRequest, counted: Counted, facts: Any) -> dict[str, Any]:
    return {
        "entries": [
            (Link(text_in(one.name), to(request, "organisation", one.code)), shown(one.done))
            for one in counted.most_important
        ]
    }


def _memberships(request: HttpRequest, counted: Counted, facts: Any) -> dict[str, Any]:
    return {
        "links": [
            *(Link(text_in(one.name), to(request, "organisation", one.code)) for one in counted.full_memberships),
            Link(_("All organisations"), to(request, "dataset", "organisations")),
        ]
    }


# The parts of the page whose areas exist, in their order. A part comes in with its area.
PARTS: dict[str, Any] = {
    "aims": _words,
    "forms": _forms,
    "relations": _relations,
    "groups": _groups,
    "delegations": _delegations,
    "organisations": _organisations,
    "memberships": _memberships,
}


def map_context(request: HttpRequest, counted: Counted, reading: Reading) -> dict[str, Any]:
    """The map of partners, its key and its sentence for who does not see it."""
    levels = map_levels(counted)
    names = {
        code: text_in(name, reading.language)
        for code, name in Country.objects.visible_to(reading.user).filter(code__in=levels).values_list("code", "name")
    }
    number = {level: sum(1 for one in levels.values() if one == level) for level in ("strong", "mid", "weak")}
    home = next((names.get(code, code) for code, level in levels.items() if level == "home"), "")
    words = {
        "strong": _("commission or common assembly, %(count)s") % {"count": number["strong"]},
        "mid": _("working group, %(count)s") % {"count": number["mid"]},
        "weak": _("other relations, %(count)s") % {"count": number["weak"]},
    }
    entries = [KeyEntry("home", home), *(KeyEntry(level, words[level]) for level in words if number[level])]
    outlines = load_outlines(OUTLINES)
    drawing = world_map(
        levels,
        outlines=outlines,
        title=str(_("Map of partner parliaments")),
        finding=partners_sentence(counted.partner_countries),
        names=names,
        links={},
    )
    return {
        "map": drawing,
        "map_key": world_map_key([entry for entry in entries if entry.text]),
        "map_source": _("Borders: %(edition)s. They express no position on the status of any territory.")
        % {"edition": outlines.edition},
        "list_url": to(request, "dataset", "partners"),
    }


@kept
def how_page(request: HttpRequest) -> HttpResponse:
    """How each number is counted, and what others printed for the same day."""
    reading = reading_of(request)
    counted = counted_for(reading)
    return answer(
        request,
        "how",
        reading,
        reported=[
            (
                capfirst(figure.get_key_display()),
                figure.number,
                figure.is_more_than,
                text_in(source.title) if (source := reading.seen(figure.source)) else "",
                write_day(figure.printed_on, reading.language, "full"),
            )
            for figure in counted.reported().values()
        ],
    )


@kept
def data_page(request: HttpRequest) -> HttpResponse:
    """The open data: every list with its files."""
    reading = reading_of(request)
    entries = [
        (
            dataset.title,
            to(request, "dataset", key),
            [Link(name.upper(), to(request, "dataset", key, format=name)) for name in OPEN_FORMATS],
        )
        for key, dataset in DATASETS.items()
    ]
    return answer(request, "data", reading, entries=entries, description_url=reverse("public:openapi"))
