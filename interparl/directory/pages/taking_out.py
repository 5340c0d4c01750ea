"""The page on which everything that one may see is taken out, and the files themselves."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.labels import labels_of
from interparl.core.requests import StaffRequest, asked_day, day_problem, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.directory.exports import CONTENT, ENDINGS, Asked, write_file
from interparl.directory.models import Chamber

PERMISSION = "directory.view_person"
# Up to here a file is made in memory, then on the disk; it is whole before its first byte is sent.
IN_MEMORY = 4 * 1024 * 1024
FORMS = {
    "popolo": gettext_lazy("People and their seats (Popolo JSON)"),
    "csv": gettext_lazy("Every register (CSV in one archive)"),
    "xlsx": gettext_lazy("Every register (XLSX, a sheet each)"),
}


class TakeOutForm(forms.Form):
    """What is taken out."""

    format = forms.ChoiceField(label=gettext_lazy("What"), choices=list(FORMS.items()))
    chamber = forms.ChoiceField(
        label=gettext_lazy("Chamber"),
        required=False,
        help_text=gettext_lazy("For Popolo: only the people who sit or sat there. Without it, of all chambers."),
    )
    on = forms.DateField(
        label=gettext_lazy("On the day"),
        required=False,
        help_text=gettext_lazy("What holds on that day. Without it, what held on any day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, chambers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chamber"].choices = [("", _("all")), *chambers]  # type: ignore[attr-defined]  # a choice


def take_out_page(request: StaffRequest) -> HttpResponse:
    """The form; with `?format=` the file. It shows what its reader may see and nothing else."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    form = request.GET.get("format", "")
    if form in ENDINGS and request.GET.get("take"):
        if problem := day_problem(request):
            return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
        return _file(form, _asked(request, reading))
    chambers = _chambers(reading)
    initial = {name: request.GET.get(name, "") for name in ("format", "chamber", "on")}
    context = {
        "form": TakeOutForm(initial=initial, chambers=chambers),
        "crumbs": [Link(_("Imports"), reverse("exchange:batch-list"))] if _may_import(request) else [],
        "reading": reading,
    }
    return render(request, "directory/take_out.html", context)


def _may_import(request: StaffRequest) -> bool:
    return request.user.has_perm("exchange.import_files")


def _asked(request: StaffRequest, reading: Reading) -> Asked:
    """What was asked for; 404 for a chamber that is not there or that the reader may not know of."""
    day, _problem = asked_day(request.GET.get("on", ""))
    code, chamber = request.GET.get("chamber", ""), None
    if code:
        # PostgreSQL does not even look for a text that it cannot store.
        chamber = Chamber.objects.visible_to(reading.user).filter(code=code).first() if code.isprintable() else None
        if chamber is None:
            raise Http404
    return Asked(reading.user, reading.language, day, chamber)


def _file(form: str, asked: Asked) -> HttpResponse:
    """The file, whole: what it shows is noted before it is sent, and what fails is no half file."""
    target = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  the answer closes it
    write_file(form, asked, target)
    size = target.tell()
    target.seek(0)
    name = "-".join(["interparl", *([asked.chamber.code.lower()] if asked.chamber and form == "popolo" else [])])
    day = f"-{asked.day.isoformat()}" if asked.day else ""
    answer = FileResponse(
        target, as_attachment=True, filename=f"{name}{day}.{ENDINGS[form]}", content_type=CONTENT[form]
    )
    answer["Content-Length"] = str(size)
    return cast("HttpResponse", answer)


def _chambers(reading: Reading) -> list[tuple[str, str]]:
    """Codes and names of the chambers that the reader may know of, by name."""
    codes = dict(Chamber.objects.visible_to(reading.user).values_list("pk", "code"))
    names = labels_of([("directory.chamber", key) for key in codes], reading.language, reading.user)
    found = [
        (code, names[ref].text if (ref := ("directory.chamber", key)) in names else code) for key, code in codes.items()
    ]
    return sorted(found, key=lambda pair: (pair[1].casefold(), pair[0]))
