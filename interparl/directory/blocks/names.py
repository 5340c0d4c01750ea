"""The names of a person by language, and proposals for the languages in which there is none."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import new_address
from interparl.core.blocks import Content, Rows
from interparl.core.hooks import block_on
from interparl.core.models import Grade
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import in_order, languages, text_in
from interparl.directory.blocks.parts import edit_link, may_add, span_words
from interparl.directory.models import Person, PersonName
from interparl.directory.rules import full_name
from interparl.language.proposals import BY_GIVEN_NAMES, NameParts, Proposal, propose
from interparl.language.scripts import script_of
from interparl.language.transliteration import SYSTEMS

NAME = PersonName.record_kind()
# More would be guessing; the best stand first.
PROPOSED_IN_A_LANGUAGE = 3
SHOWN = 30


def known_names(person: Person, reading: Reading) -> list[PersonName]:
    """The names that this reader may know, by language, the one that is shown first; asked once a page."""
    key = ("names", person.pk)
    if key not in reading.memo:
        found = list(PersonName.objects.visible_to(reading.user).filter(person=person).select_related("source"))
        places = {code: place for place, code in enumerate(in_order({name.language for name in found}))}
        found.sort(key=PersonName.preference, reverse=True)
        reading.memo[key] = sorted(found, key=lambda name: places[name.language])
    names: list[PersonName] = reading.memo[key]
    return names


def beside_name(person: Person, reading: Reading) -> str:
    """The titles and letters beside the name that the reader's language has, else beside the first that has some."""
    names = [name for name in known_names(person, reading) if name.beside and name.holds_on(reading.day) != "no"]
    mine = [name for name in names if name.language == reading.language]
    return (mine or names)[0].beside if names else ""


def language_words(code: str, language: str) -> str:
    """What a language is called in the reader's; the code itself when nobody has a word for it."""
    try:
        words = Locale.parse(code.replace("-", "_")).get_display_name(language)
    except (ValueError, UnknownLocaleError):
        words = None
    return words or code


def script_words(code: str, language: str) -> str:
    """What a script is called in the reader's language; the code itself when nobody has a word for it."""
    try:
        found: str = Locale.parse(language).scripts.get(code, code)
    except (ValueError, UnknownLocaleError):
        return code
    return found


def proposals_for(person: Person, reading: Reading) -> list[tuple[str, Proposal]]:
    """For each language of the installation in which the reader knows no name: the forms that may be right.

    They are made of names in use that he may know: a passport and a former name are nobody's model.
    """
    names = known_names(person, reading)
    taken = {name.language for name in names}
    models: dict[str, NameParts] = {}
    for name in names:
        if name.kind in (PersonName.Kind.OFFICIAL, PersonName.Kind.KNOWN_AS) and name.holds_on(reading.day) != "no":
            models.setdefault(name.language, NameParts(name.family, name.given, name.patronymic))
    return [
        (code, proposal)
        for code in languages()
        if code not in taken
        for proposal in propose(models, code)[:PROPOSED_IN_A_LANGUAGE]
    ]


def _draft(person: Person, code: str, proposal: Proposal) -> PersonName:
    parts = proposal.parts
    text = full_name(parts.given, "", parts.family)
    return PersonName(
        person=person,
        language=code,
        script=script_of(text),
        family=parts.family,
        given=parts.given,
        patronymic=parts.patronymic,
        text=text,
        grade=Grade.LIKELY,
    )


def _form_of(draft: PersonName) -> str:
    """The form for a name with what is proposed in it; nothing is kept before it is sent."""
    filled = ("language", "script", "given", "patronymic", "family", "grade")
    parts = {name: value for name in filled if (value := str(getattr(draft, name)))}
    return new_address(NAME, person=str(draft.person_id), **parts)


def _system_words(how: str, language: str) -> str:
    if how == BY_GIVEN_NAMES:
        return _("the list of given names")
    return SYSTEMS[how].name_in(language)


def _is_proposed(name: PersonName) -> bool:
    return name._state.adding


def _kind(name: PersonName, reading: Reading) -> str:
    return _("proposed") if _is_proposed(name) else reading.choice(name, "kind")


def _more(name: PersonName, _reading: Reading) -> str:
    """What is said of the kind: that it is the one that is shown."""
    return _("preferred") if name.is_preferred and not _is_proposed(name) else ""


def _source(name: PersonName, reading: Reading) -> str:
    """Where a name stands, or how a proposal came."""
    if not _is_proposed(name):
        return text_in(found.title, reading.language) if (found := reading.seen(name.source)) else ""
    proposal: Proposal = reading.memo["proposed", name.person_id, name.language, name.text]
    return capfirst(
        _("%(system)s, from the name in %(language)s")
        % {
            "system": _system_words(proposal.how, reading.language),
            "language": language_words(proposal.source, reading.language),
        }
    )


def _row_class(name: PersonName, reading: Reading) -> str:
    if _is_proposed(name):
        return "is-proposed"
    is_over = name.kind == PersonName.Kind.FORMER or name.holds_on(reading.day) == "no"
    return "is-ended" if is_over else ""


def _moves(name: PersonName, _reading: Reading) -> list[Link]:
    """What is proposed becomes a name by its form."""
    return [Link(_("Use this name…"), _form_of(name))] if _is_proposed(name) else []


NAMES: Columns[PersonName] = Columns(
    (
        Column(
            "text",
            pgettext_lazy("of a person", "Name"),
            lambda n, r: n.text,
            spoken=lambda n, r: n.language,
            second=lambda n, r: " · ".join(filter(None, (n.patronymic, n.beside))),
            address=lambda n: _form_of(n) if _is_proposed(n) else edit_link(n),
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            lambda n, r: language_words(n.language, r.language) if n.language else _("not known"),
            kind="choice",
            second=lambda n, r: script_words(n.script, r.language) if n.script else "",
        ),
        Column(
            "kind",
            gettext_lazy("Kind"),
            _kind,
            kind="choice",
            tone=lambda n, r: "outlined" if _row_class(n, r) else "neutral",
            second=_more,
        ),
        Column("span", gettext_lazy("Time"), lambda n, r: span_words(n, r)),
        Column("source", gettext_lazy("Source"), _source),
    ),
    related=("source",),
    row_class=_row_class,
    moves=_moves,
)


@block_on(Person, "names", gettext_lazy("Names"), order=10)
def names_of(person: Person, reading: Reading) -> Content:
    """All names by language, the one that is shown first; then what is proposed, to who may add it."""
    add = may_add(NAME, reading, person=person.pk)
    known = known_names(person, reading)
    rows: Sequence[PersonName] = known
    if add:
        for code, proposal in proposals_for(person, reading):
            draft = _draft(person, code, proposal)
            reading.memo["proposed", person.pk, code, draft.text] = proposal
            rows = [*rows, draft]
    # What is proposed is no name yet and does not count.
    return Rows(Table(NAMES, rows[:SHOWN], reading, total=len(known)).loaded(), add=add)
