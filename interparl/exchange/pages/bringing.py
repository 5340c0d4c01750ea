"""Bringing a file in: handing it in, saying what its columns mean, and the check; nothing is written on the way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.core.formats import write_number
from interparl.core.kinds import model_of
from interparl.core.labels import labels_of
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.exchange.actions import preview
from interparl.exchange.actions.mappings import GIVEN
from interparl.exchange.actions.naming import Names
from interparl.exchange.actions.tables import NAMED, PASTED
from interparl.exchange.actions.uploads import give_up, handed, hold
from interparl.exchange.models import Batch
from interparl.exchange.pages import bring_parts, parts
from interparl.exchange.pages.bring_forms import PICKED, BringForm, NamesForm, is_table
from interparl.exchange.pages.bring_look import Look, look
from interparl.exchange.pages.checking import PERMISSION, crumbs
from interparl.exchange.pages.mapping_parts import Typed
from interparl.exchange.pages.mapping_saving import save_from
from interparl.exchange.rules import UnreadableFile, refusal_text
from interparl.exchange.rules.mapped import Mapped

MEMBERSHIPS = "memberships-csv"
# What a mapping or a word of its reader can set right; such a file is kept all the same.
TO_BE_SET_RIGHT = frozenset({"several_lists"})


def new_page(request: StaffRequest) -> HttpResponse:
    """A file or rows are handed in; a table leads to its columns, any other file to its check."""
    require(request.user, PERMISSION)
    reading = reading_of(request)
    is_sent = request.method == "POST"
    form = BringForm(
        request.POST if is_sent else None, request.FILES or None, reading=reading, initial=_from_address(request)
    )
    if is_sent and form.is_valid():
        try:
            return HttpResponseRedirect(_take(request, form))
        except ValidationError as error:
            form.add_error("pasted" if form.cleaned_data["pasted"].strip() else "file", error)
    context = {
        "form": form,
        "crumbs": crumbs(),
        "back": reverse("exchange:batch-list"),
        "stages": parts.stages(parts.FILE),
        "mappings_url": reverse("exchange:savedmapping-list"),
    }
    return render(request, "exchange/bring.html", context, status=422 if is_sent else 200)


def _from_address(request: StaffRequest) -> dict[str, Any]:
    """What stands in the address: the kind, and the body or chamber from whose page one comes."""
    found: dict[str, Any] = {"kind": request.GET.get("kind", "")[:40]}
    for name in PICKED:
        text = request.GET.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 19:
            found[name] = int(text)
    if "body" in found and not found["kind"]:
        found["kind"] = MEMBERSHIPS
    return found


def _take(request: StaffRequest, form: BringForm) -> str:
    """Where the next step is made. Raises ValidationError when the file cannot be read; then nothing is kept."""
    said = form.cleaned_data
    pasted = said["pasted"].strip("\r\n")
    data = said["file"].read() if said["file"] else pasted.encode("utf-8", "replace")
    name = said["file"].name if said["file"] else _("Pasted rows")
    if not is_table(said["kind"]):
        batch = preview(
            said["kind"],
            data,
            name,
            by=request.user,
            source_key=said["source_key"],
            on=said["on"],
            options=form.options(),
        )
        return parts.batch_address(batch)
    about = {
        **form.options(),
        "kind": said["kind"],
        "name": name[:200],
        "form": "" if said["file"] else PASTED,
        "on": said["on"].isoformat() if said["on"] else "",
        "source_key": said["source_key"],
        "body": str(said["body"].pk) if said["body"] else "",
    }
    _refuse_unreadable(data, about)
    return reverse("exchange:bring", args=(hold(request.user, data, about),))


def _refuse_unreadable(data: bytes, about: dict[str, str]) -> None:
    try:
        bring_parts.table_of(data, about)
    except UnreadableFile as problem:
        if problem.message_key not in TO_BE_SET_RIGHT:
            raise ValidationError(refusal_text(problem)) from problem


def columns_page(request: StaffRequest, key: str) -> HttpResponse:
    """What was recognised, and what each column means: corrected, saved as a mapping, and checked."""
    require(request.user, PERMISSION)
    held = handed(request.user, key)
    if held is None:
        raise Http404
    reading = reading_of(request)
    if request.method != "POST":
        found = look(held, reading, None, code=request.GET.get("mapping", "")[:60] or None)
        return _shown(request, found, None)
    deed, sent = request.POST.get("deed", ""), Typed(request.POST)
    if deed == "drop":
        give_up(request.user, key)
        return HttpResponseRedirect(reverse("exchange:batch-list"))
    found = look(held, reading, sent, code=sent.line("mapping") if deed == "use" else None)
    return Sending(request, found, sent).answer(deed)


@dataclass
class Sending:
    """One sending of the form of the columns."""

    request: StaffRequest
    found: Look
    sent: Typed

    def answer(self, deed: str) -> HttpResponse:
        """The next page, or the form again."""
        table = self.found.read()
        if deed == "save" and table is not None:
            saved = save_from(self.request, self.found, self.sent)
            if saved:
                here = reverse("exchange:bring", args=(self.found.handed.key,))
                return HttpResponseRedirect(f"{here}?mapping={saved}")
        if deed == "check" and table is not None and not self.found.problems:
            return self._check(table)
        return _shown(self.request, self.found, self.request.POST, table=table)

    def _check(self, table: Mapped) -> HttpResponse:
        names = self.found.names(table)
        form = _names_form(self.found, names, self.request.POST)
        if form is not None and not form.is_valid():
            if not form.is_bound:
                self.found.problems.append(
                    _("Not all names are certain. Choose whom they mean; those left empty wait in the check.")
                )
            return _shown(self.request, self.found, self.request.POST, table=table, names=names)
        try:
            batch = _checked(self.request, self.found, names, form)
        except ValidationError as error:
            self.found.problems += error.messages
            return _shown(self.request, self.found, self.request.POST, table=table, names=names)
        give_up(self.request.user, self.found.handed.key)
        return HttpResponseRedirect(parts.batch_address(batch))


def _names_form(found: Look, names: Names | None, sent: QueryDict | None) -> NamesForm | None:
    if names is None or not names.asked:
        return None
    is_of_these = sent is not None and sent.get("names") == bring_parts.digest_of(names)
    return NamesForm(sent if is_of_these else None, kind=found.asked_kind()[1], names=names, reading=found.reading)


def _checked(request: StaffRequest, found: Look, names: Names | None, form: NamesForm | None) -> Batch:
    """The batch of the check; the name of a body that was chosen for all rows holds for them."""
    about, data = found.handed.about, {**found.data, "kind": found.kind}
    body = body_of(found)
    options = {name: about[name] for name in ("chamber", "country", "form") if about.get(name)}
    if body:
        options["body"] = body[0]
    options[GIVEN] = json.dumps(data)
    if data.get("language"):
        options["language"] = data["language"]
    if names is not None:
        field = found.asked_kind()[0]
        options[NAMED] = json.dumps({field: names.named(form.chosen() if form else {})})
    return preview(
        found.kind,
        found.handed.data,
        str(about["name"]),
        by=request.user,
        source_key=about.get("source_key") or data.get("source") or _own_source(found, body),
        on=bring_parts.day_of(about),
        options=options if not found.code else {**options, "mapping": found.code},
    )


def _own_source(found: Look, body: tuple[str, str] | None) -> str:
    """The key of what was pasted: of one body its own, otherwise one that no other rows have."""
    if not found.is_pasted:
        return ""
    return f"pasted-{body[0]}" if body else f"pasted-{found.handed.key[:10]}".lower()


def body_of(found: Look) -> tuple[str, str] | None:
    """Code and name of the body of all rows, as far as the reader still may know of it."""
    key = found.handed.about.get("body", "")
    if not key:
        return None
    model: Any = model_of(PICKED["body"])
    record = model.objects.visible_to(found.reading.user).filter(pk=int(key)).first()
    if record is None:
        return None
    ref = (PICKED["body"], record.pk)
    names = labels_of([ref], found.reading.language, found.reading.user)
    return str(record.code), names[ref].text if ref in names else str(record.code)


def _shown(
    request: StaffRequest,
    found: Look,
    sent: QueryDict | None,
    *,
    table: Mapped | None = None,
    names: Names | None = None,
) -> HttpResponse:
    if sent is None:
        table = found.read()
    names = names or found.names(table)
    form = _names_form(found, names, sent)
    body = body_of(found)
    context = {
        "crumbs": crumbs(),
        "stages": parts.stages(parts.COLUMNS),
        "found": found,
        "title": found.handed.about["name"],
        "body_name": body[1] if body else "",
        "problems": list(dict.fromkeys(found.problems)),
        **bring_parts.context(found, table),
        "names_form": form,
        "names_digest": bring_parts.digest_of(names),
        "sure_number": len(names.sure) if names else 0,
        "more_names": len(names.more) if names else 0,
        "rows_words": write_number(len(found.table.rows), found.reading.language) if found.table else "",
        "may_save": request.user.has_perm("exchange.add_savedmapping"),
        "save_code": sent.get("save_code", "")[:60] if sent else "",
        "save_name": sent.get("save_name", "")[:200] if sent else "",
    }
    return render(request, "exchange/bring_columns.html", context, status=422 if found.problems and sent else 200)
