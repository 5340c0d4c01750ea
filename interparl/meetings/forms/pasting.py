"""A pasted list of people: what is asked beside it, and each line with whom it may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.finding import Found, find
from interparl.core.formats import language_name
from interparl.core.labels import labels_of
from interparl.core.tables import Reading
from interparl.core.translated import languages
from interparl.directory.models import Person
from interparl.exchange.actions.naming import MOST_OFFERED, meant_by
from interparl.language.folding import fold
from interparl.meetings.models import Event, Participation
from interparl.meetings.models.standing import taking_part
from interparl.meetings.rules.functions import function_of
from interparl.meetings.rules.pasted import PastedPerson, TooMany, pasted_people

PERSON = Person.record_kind()
GUEST, OUT = "guest", "out"
LONGEST = 100_000
# Somebody who is called less like this is not offered.
LEAST_LIKE = 0.6
NOBODY = gettext_lazy("There is nobody in this list. Write one person on a line.")
TOO_MANY = gettext_lazy("The list has %(number)s lines, and at most %(most)s can be taken at once. Paste it in parts.")


def functions() -> list[tuple[str, str]]:
    """What somebody may be there, in the language of the page."""
    return [(value, capfirst(str(label))) for value, label in Participation.Function.choices]


class PasteForm(forms.Form):
    """The list, and what holds for all of it: whose side, in what capacity, in which language it is written."""

    side = forms.ChoiceField(label=gettext_lazy("Side"), required=False)
    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=Participation.Capacity.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of the list"))
    text = forms.CharField(
        label=gettext_lazy("List"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "One person on a line, as it stands in a letter or a table: name, then role. A line that ends in a colon "
            "is a heading: “Members of the delegation:”."
        ),
    )

    def __init__(self, *args: Any, sides: Sequence[tuple[str, str]], reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(code, capfirst(language_name(code, reading.language))) for code in languages()]
        for name, choices in (("side", [("", _("as each person’s own")), *sides]), ("language", codes)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"

    def clean_text(self) -> str:
        """Keeps the people of the list in `people`; refuses an empty or a longer one than can be looked at."""
        text: str = self.cleaned_data["text"]
        try:
            self.people = pasted_people(text)
        except TooMany as error:
            raise ValidationError(TOO_MANY % {"number": error.number, "most": error.most}) from error
        if not self.people:
            raise ValidationError(NOBODY)
        return text


@dataclass(frozen=True)
class Look:
    """A line as the page shows it: whom it may mean, what was chosen, what is doubtful or wrong about it."""

    line: int
    name: str
    role: str
    function: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    doubt: str = ""
    error: str = ""

    @property
    def tone(self) -> str:
        """How the line is coloured."""
        return "bad" if self.error else "warn" if self.doubt else "good"


def looked_at(event: Event, people: Sequence[PastedPerson], side: int | None, reading: Reading) -> list[Look]:
    """Each line with whom it means: for sure, perhaps, or nobody known; few queries for what is sure."""
    names = meant_by(PERSON, [one.name for one in people], reading.user, reading.language)  # type: ignore[arg-type]
    offers: dict[str, Sequence[Found]] = {one.text: one.offers for one in names.asked}
    for text in names.more:
        offers[text] = find(text[:200], reading.user, reading.language, kinds=[PERSON], limit=MOST_OFFERED)
    known = {*names.sure.values(), *(one.key for several in offers.values() for one in several)}
    labels = labels_of([(PERSON, key) for key in known], reading.language, reading.user)
    countries = dict(Person.objects.visible_to(reading.user).filter(pk__in=known).values_list("pk", "country"))
    there = _there(event, reading)
    found = []
    for one in people:
        sure = names.sure.get(one.name)
        keys = [sure] if sure else [hit.key for hit in offers.get(one.name, ()) if hit.score >= LEAST_LIKE]
        choices = [(f"p{key}", labels[PERSON, key].text) for key in keys if key and (PERSON, key) in labels]
        look = Look(
            one.line,
            one.name,
            one.role,
            function_of(one.heading, one.role, is_head=one.is_head),
            (*choices, (GUEST, _("Nobody of the directory: by name only")), (OUT, _("Leave out"))),
            *_first_choice(one, sure if choices else None, choices, there),
        )
        if sure and side and look.chosen == f"p{sure}" and countries.get(sure) not in (None, side):
            look = replace(look, doubt=_("Is of another country than this side."))
        found.append(look)
    return found


def _there(event: Event, reading: Reading) -> set[str]:
    """Who takes part already: the choices for people, and the folded names of guests."""
    rows = taking_part(reading.user).filter(event=event).values_list("person", "printed_name")
    return {f"p{person}" if person else fold(name) for person, name in rows}


def _first_choice(
    one: PastedPerson, sure: int | None, choices: Sequence[tuple[str, str]], there: set[str]
) -> tuple[str, str]:
    """What is chosen until somebody chooses otherwise, and what is doubtful about it."""
    if (sure and f"p{sure}" in there) or fold(one.name) in there:
        return OUT, _("Takes part in it already.")
    if sure:
        return f"p{sure}", ""
    if choices:
        return "", _("May be somebody who is known. Choose.")
    return GUEST, _("Nobody is called so. Comes in by name only.")


def chosen_again(looks: Sequence[Look], sent: Mapping[str, str], errors: Mapping[int, str]) -> list[Look]:
    """The same lines with the choices that were sent, each with what is wrong about it."""
    found = []
    for look in looks:
        who, function = sent.get(f"who-{look.line}"), sent.get(f"function-{look.line}", "")
        if who is not None and who in {"", *dict(look.choices)}:
            look = replace(look, chosen=who)  # noqa: PLW2901  the line goes on as it was sent
        if function in Participation.Function.values:
            look = replace(look, function=function)  # noqa: PLW2901
        found.append(replace(look, error=errors.get(look.line, "")))
    return found
