"""Lists of an event on paper: languages, sizes, texts, marks, editions, and what a reader may not know of."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from interparl.accounts.models import User
from interparl.core.days import DEMONSTRATION_DAY
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.documents.models import Edition
from interparl.meetings.actions import release_list
from interparl.meetings.blocks.freezing import frozen_list
from interparl.meetings.models import AgendaItem, ItemPerson, Participation
from interparl.paper.signs import BREAK
from tests import makers
from tests.makers import kept
from tests.visits import FIRST, Visit, a_visit, an_event, an_item, set_to

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
SIZES = {"wall": (210, 297), "pocket": (105, 148)}


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit of two days, four items, three people."""
    return a_visit()


def asked(client: Client, visit: Visit, **query: str) -> Any:
    """The answer to what the address asks."""
    return client.get(f"/desk/events/{visit.event.pk}/print/", query)


def words_of(answer: Any) -> str:
    """All words of a file, in one line."""
    data = io.BytesIO(answer.content)
    if answer["Content-Type"] == "application/pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(data).pages)
    else:
        file = Document(data)
        edges = [*file.sections[0].header.paragraphs, *file.sections[0].footer.paragraphs]
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(one.text for one in [*file.paragraphs, *edges]), *cells])
    return " ".join(text.replace(BREAK, "").split())


def released(visit: Visit, by: User, what: str = "programme", mark: str = "internal") -> Edition:
    """The list, released."""
    frozen = frozen_list(visit.event, what, makers.a_reading(by, FIRST), mark).frozen
    return release_list(visit.event, frozen, what=what, as_of=FIRST, by=by)


@pytest.mark.parametrize("form", ["wall", "pocket"])
@pytest.mark.parametrize("languages", ["en", "ru,en", "be,ru,en"])
def test_a_programme_is_printed_in_its_size_with_languages_side_by_side(
    languages: str, form: str, visit: Visit, desk: Client
) -> None:
    pdf = asked(desk, visit, languages=languages, form=form, format="pdf")
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert {tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in pages} == {SIZES[form]}
    word = asked(desk, visit, languages=languages, form=form, format="docx")
    sheet = Document(io.BytesIO(word.content)).sections[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == SIZES[form]  # type: ignore[union-attr]
    for answer in (pdf, word):
        words = words_of(answer)
        for said in ("09:00–09:40", "14:00–15:30", "UTC+3" if form == "wall" else "10:00–12:00"):
            assert said in words
        for code, said in (("en", "Talks, public"), ("ru", "Talks для гостей")):
            assert (said in words) == (code in languages or (code == "en" and languages[:2] not in ("ru", "en")))
        assert ("working" in words, "по-русски" in words) == (False, False)


def test_no_letter_of_the_pocket_is_smaller_than_eight_points(visit: Visit, desk: Client) -> None:
    sizes: set[float] = set()
    answer = asked(desk, visit, languages="ru,en", form="pocket", format="pdf", text="working")
    for page in PdfReader(io.BytesIO(answer.content)).pages:
        page.extract_text(
            visitor_text=lambda text, _um, tm, _font, size: (
                sizes.add(round(abs(tm[0] or tm[3]) * size, 1)) if text.strip() else None
            )
        )
    assert sizes
    assert min(sizes) >= 8


def test_every_page_says_mark_and_edition_or_that_it_is_a_draft(visit: Visit, desk: Client, officer: User) -> None:
    for at in range(30):
        an_item(visit.event, f"{12 + at // 4}:{at % 4 * 15:02}–{12 + at // 4}:{at % 4 * 15 + 10:02}")
    draft = asked(desk, visit, languages="en", format="pdf")
    edition = released(visit, officer)
    out = asked(desk, visit, languages="en", format="pdf")
    for answer, said in ((draft, ("Draft", "not released", "Internal")), (out, ("edition 1 of", "Internal"))):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
        assert len(pages) > 1
        assert [(page[:200], one) for page in pages for one in said if one not in page] == []
    assert "Draft" not in words_of(out)
    word = words_of(asked(desk, visit, languages="en", format="docx"))
    assert ("edition 1 of" in word, "Internal" in word, edition.number) == (True, True, 1)
    assert "Draft" in words_of(asked(desk, visit, languages="en", format="docx", edition="draft"))


def test_an_edition_is_printed_as_it_went_out_whatever_happened_since(
    visit: Visit, desk: Client, officer: User
) -> None:
    released(visit, officer)
    before = asked(desk, visit, languages="en,ru", format="pdf", edition="1").content
    set_to(visit.items[0], public_text=written({"en": "Altered"}))
    set_to(visit.event, title=written({"en": "Renamed"}))
    assert asked(desk, visit, languages="en,ru", format="pdf", edition="1").content == before
    assert "Altered" in words_of(asked(desk, visit, languages="en", format="pdf", edition="draft"))


def test_the_working_text_with_people_and_bookings_is_printed_only_when_asked(visit: Visit, desk: Client) -> None:
    for form in ("pdf", "docx"):
        words = words_of(asked(desk, visit, languages="en", format=form, text="working"))
        for said in ("Talks, working", "Who takes part: Anna Header, Anna Follower", "Room 310", "20 minutes by car"):
            assert said in words
        assert "Header" not in words_of(asked(desk, visit, languages="en", format=form))


def test_what_a_reader_may_not_know_of_is_not_printed_and_the_mark_is_that_of_what_is(
    visit: Visit, client: Client, head: User, member: User
) -> None:
    set_to(visit.items[0], mark="official")
    edition = released(visit, head, mark="official")
    client.force_login(head)
    words = words_of(asked(client, visit, languages="en", format="pdf", edition="draft"))
    assert ("Wreath" in words, "For official use" in words) == (True, True)
    client.force_login(member)
    words = words_of(asked(client, visit, languages="en", format="pdf"))
    assert ("Wreath" in words, "Draft" in words, "Internal" in words) == (False, True, True)
    assert asked(client, visit, languages="en", format="pdf", edition=str(edition.number)).status_code == 400
    set_to(visit.event, mark="official")
    assert asked(client, visit, languages="en", format="pdf").status_code == 404


def test_agenda_and_participants_are_printed_likewise(visit: Visit, desk: Client, officer: User) -> None:
    kept(AgendaItem(event=visit.event, title=written({"en": "Industry", "ru": "Промышленность"}), ours=visit.people[0]))
    released(visit, officer, "participants")
    for form in ("pdf", "docx"):
        agenda = words_of(asked(desk, visit, what="agenda", languages="en,ru", format=form))
        for said in ("Industry", "Промышленность", "Anna Header", "Agenda, draft", "Internal"):
            assert said in agenda
        people = words_of(asked(desk, visit, what="participants", languages="en", format=form))
        for said in ("Anna Header", "Speaker", "Guest of Honour", "Participants, edition 1"):
            assert said in people


def test_names_in_other_scripts_are_printed_or_written_otherwise(visit: Visit, desk: Client) -> None:
    for name in ("محمد بن سلمان", "李小龙"):
        who = kept(Participation(event=visit.event, printed_name=name))
        kept(ItemPerson(event=visit.event, item=visit.items[1], participation=who))
    lost = makers.a_person("ᎠᏂ", "", language="ru")
    makers.a_name(lost, family="Ani", given="", language="en")
    who = kept(Participation(event=visit.event, person=lost))
    kept(ItemPerson(event=visit.event, item=visit.items[1], participation=who))
    for what in ("programme", "participants"):
        words = words_of(asked(desk, visit, what=what, languages="ru", format="pdf", text="working"))
        assert ("李小龙" in words, "Ani" in words, "\N{WHITE SQUARE}" in words) == (True, True, False)
    word = words_of(asked(desk, visit, languages="ru", format="docx", text="working"))
    assert ("محمد بن سلمان" in word, "Ani" in word) == (True, True)


def test_illustrative_people_are_said_in_the_foot(visit: Visit, desk: Client) -> None:
    assert "people are invented" not in words_of(asked(desk, visit, languages="en", format="pdf"))
    kept(Setting(key=DEMONSTRATION_DAY, value=date(2014, 6, 1).isoformat()))
    for form in ("pdf", "docx"):
        assert "people are invented" in words_of(asked(desk, visit, languages="en", format=form))


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"languages": "xx"}, "languages"),
        ({"languages": ""}, "languages"),
        ({"edition": "9"}, "edition"),
        ({"form": "poster"}, "form"),
        ({"text": "secret"}, "text"),
    ],
)
def test_a_wrong_wish_is_told_at_its_place(query: dict[str, str], place: str, visit: Visit, desk: Client) -> None:
    answer = asked(desk, visit, **({"format": "pdf"} | query))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [place])


def test_what_is_no_list_and_no_format_is_refused(visit: Visit, desk: Client) -> None:
    assert asked(desk, visit, what="composition").status_code == 404
    answer = asked(desk, visit, format="exe")
    assert (answer.status_code, "printed as pdf or docx" in answer.content.decode()) == (400, True)


def test_the_choices_are_preset_and_lead_to_the_other_lists(visit: Visit, desk: Client, officer: User) -> None:
    released(visit, officer)
    answer = asked(desk, visit)
    form = answer.context["form"]
    assert (answer.status_code, form["edition"].value(), form["languages"].value()) == (200, "1", ["en"])
    assert "?what=participants" in answer.content.decode()


def test_hostile_words_are_printed_as_words(desk: Client) -> None:
    event = an_event(title=written({"en": '#read("/etc/passwd") *bold*'}))
    an_item(event, public_text=written({"en": "#panic() <b> $x$ {page}"}))
    for form in ("pdf", "docx"):
        answer = desk.get(f"/desk/events/{event.pk}/print/", {"languages": "en", "format": form})
        words = words_of(answer)
        assert ('#read("/etc/passwd") *bold*' in words, "#panic() <b> $x$ {page}" in words) == (True, True)


def test_an_empty_programme_is_a_paper_that_says_so(desk: Client) -> None:
    event = an_event()
    answer = desk.get(f"/desk/events/{event.pk}/print/", {"languages": "en", "format": "pdf"})
    assert "Nothing is in this programme." in words_of(answer)
    for what in ("agenda", "participants"):
        query = {"languages": "en", "format": "docx", "what": what}
        assert desk.get(f"/desk/events/{event.pk}/print/", query).status_code == 200
