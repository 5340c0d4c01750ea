"""Editions in public: the list as it went out, and the last of them named beside the live register."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from interparl.bodies.models import Body
from interparl.core.exports import download
from interparl.core.formats import write_day
from interparl.core.kept import kept
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import shown
from interparl.documents.blocks import edition_sheet, shown_edition
from interparl.documents.models import Edition
from interparl.portal.blocks import edition_words
from interparl.portal.pages.shell import OPEN_FORMATS, answer, counted_for, reading_of, refused_file, to


def last_edition(request: HttpRequest, body: Body, reading: Reading) -> Link | None:
    """The way to the last edition of the body's list that is published and stands."""
    found = counted_for(reading).editions().filter(object_id=body.pk).order_by("-number").first()
    if found is None:
        return None
    return Link(edition_words(found, reading.language), to(request, "edition", body.code, str(found.number)))


@kept
def edition_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A published edition as it went out; of one that was withdrawn or should not have gone out only that."""
    reading = reading_of(request)
    body = Body.objects.visible_to(reading.user).filter(code=code).first()
    if body is None or number > GREATEST:
        raise Http404
    known = Edition.objects.visible_to(reading.user).of(Body.record_kind(), Edition.What.COMPOSITION)
    own = known.filter(object_id=body.pk)
    edition = own.filter(number=number).first()
    if edition is None:
        raise Http404
    is_shown = edition.standing in (Edition.Standing.RELEASED, Edition.Standing.REPLACED)
    earlier = own.filter(number__lt=number, standing=Edition.Standing.RELEASED).order_by("-number").first()
    if request.GET.get("format", ""):
        if not is_shown:
            raise Http404
        sheet = edition_sheet(edition, earlier, reading, f"{body.code}-edition-{number}")
        return refused_file(request) or download(sheet, request.GET["format"])
    return answer(
        request,
        "edition",
        reading,
        title=shown(body.name),
        subtitle=edition_words(edition, reading.language),
        shown=shown_edition(edition, earlier, reading) if is_shown else None,
        notice=_notice(edition),
        facts=_facts_of(edition, reading),
        register=Link(_("The register as it stands"), to(request, "body", code)),
        files=[Link(name.upper(), to(request, "edition", code, str(number), format=name)) for name in OPEN_FORMATS]
        if is_shown
        else [],
    )


# No edition has a greater number: the column holds no more.
GREATEST = 2**31 - 1


def _notice(edition: Edition) -> str:
    words = {
        Edition.Standing.WITHDRAWN: _("This edition was withdrawn. It no longer counts."),
        Edition.Standing.REPLACED: _("This edition was replaced."),
        Edition.Standing.ERROR: _("This edition was published in error. It never counted."),
    }
    return words.get(Edition.Standing(edition.standing), "")


def _facts_of(edition: Edition, reading: Reading) -> list[Fact]:
    return [
        Fact(_("Released on"), write_day(edition.released_on, reading.language, "full")),
        Fact(_("List as of"), write_day(edition.as_of, reading.language, "full")),
        Fact(_("SHA-256"), edition.digest),
    ]
