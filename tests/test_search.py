"""Finding through the index: any form of a name, numbers and words of titles, rights, and what leaves the index."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interparl.accounts.models import User
from interparl.bodies.models import Body
from interparl.core.actors import Actor
from interparl.core.finding import matching, search
from interparl.core.labels import fill_all_labels
from interparl.core.removing import remove
from interparl.core.rights import Reader
from interparl.core.translated import written
from interparl.core.writing import Planned, change, change_many
from interparl.directory.models import Organisation, Person, PersonName
from interparl.search.models import LONGEST_SPELLING, Key, Posting, Spelling, Word
from tests import makers

pytestmark = pytest.mark.django_db
BY = Actor.command("tests")
KINDS = ["directory.person", "directory.country", "directory.organisation", "bodies.body", "bodies.decision"]


def found(query: str, user: Reader, language: str = "en", kinds: Sequence[str] = KINDS) -> list[str]:
    """The spellings that matched, best first."""
    return [one.matched for one in search(query, user, language, kinds=kinds).found]


@pytest.fixture
def people(officer: User) -> User:
    """Five people; the reader."""
    for family, given_name, patronymic, language in [
        ("Казлоў", "Аляксей", "Мікалаевіч", "be"),
        ("Лукашэвіч", "Вольга", "Рыгораўна", "be"),
        ("Макарова-Кибак", "Людмила", "Эдуардовна", "ru"),
        ("Fraga Estévez", "Carmen", "", "en"),
        ("O’Brien", "Mary", "", "en"),
    ]:
        person = makers.kept(Person())
        makers.a_name(person, family=family, given=given_name, patronymic=patronymic, language=language)
    return officer


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Казлоў", "Аляксей Мікалаевіч Казлоў"),
        ("Козлов Алексей Николаевич", "Аляксей Мікалаевіч Казлоў"),
        ("Kozlov", "Аляксей Мікалаевіч Казлоў"),
        ("kazlou aliaksei", "Аляксей Мікалаевіч Казлоў"),
        ("А. М. Казлоў", "Аляксей Мікалаевіч Казлоў"),
        ("Kozlov A.", "Аляксей Мікалаевіч Казлоў"),
        ("Казлво", "Аляксей Мікалаевіч Казлоў"),
        ("Казлоуў", "Аляксей Мікалаевіч Казлоў"),
        ("Kaзлоў", "Аляксей Мікалаевіч Казлоў"),
        ("Казловым", "Аляксей Мікалаевіч Казлоў"),
        ("Олга Лукашевич", "Вольга Рыгораўна Лукашэвіч"),
        ("Ольга Григорьевна Лукашевич", "Вольга Рыгораўна Лукашэвіч"),
        ("Lukaševič", "Вольга Рыгораўна Лукашэвіч"),
        ("lukash", "Вольга Рыгораўна Лукашэвіч"),
        ("лук воль", "Вольга Рыгораўна Лукашэвіч"),
        ("макарова кибак", "Людмила Эдуардовна Макарова-Кибак"),
        ("макаровакибак", "Людмила Эдуардовна Макарова-Кибак"),
        ("Макарына Кібак Людміла", "Людмила Эдуардовна Макарова-Кибак"),
        ("CarmenFRAGAESTEVEZ", "Carmen Fraga Estévez"),
        ("fragaestevezcarmen", "Carmen Fraga Estévez"),
        ("Карменсита Фрага", ""),
        ("o'brien", "Mary O’Brien"),
        ("ОБрайен Мэри", "Mary O’Brien"),
        ("obrien m", "Mary O’Brien"),
        ("Петров", ""),
    ],
)
def test_a_person_is_found_by_any_form_of_the_name(query: str, name: str, people: User) -> None:
    assert found(query, people)[:1] == ([name] if name else [])


def test_titles_are_found_by_other_forms_of_their_words(officer: User) -> None:
    for language, name in (
        ("ru", "Межпарламентская комиссия по сотрудничеству"),
        ("be", "Рабочая група па пытаннях сям’і"),
        ("en", "Committee on fisheries agreements"),
    ):
        makers.kept(Organisation(code=language, kind="other", name=written({language: name})))
    assert found("комиссии сотрудничества", officer) == ["Межпарламентская комиссия по сотрудничеству"]
    assert found("рабочай групы", officer) == ["Рабочая група па пытаннях сям’і"]
    assert found("fishery agreement", officer) == ["Committee on fisheries agreements"]


def test_numbers_are_found_as_they_are_and_never_another(officer: User) -> None:
    makers.a_body("wg-12", "Группа № 12")
    makers.a_body("wg-120", "Группа № 120")
    makers.a_decision("45-П5/II", organ="Council")
    assert found("группа № 12", officer) == found("группа 12", officer) == ["Группа № 12"]
    assert found("wg-120", officer) == ["wg-120"]
    assert found("45-п5/ii", officer) == ["№ 45-П5/II, 15 Jan 2015, Council"]


def test_a_number_of_one_digit_is_no_other_when_it_stands_beside_words(officer: User) -> None:
    for code in ("wg-4-at", "wg-5-at", "wg-50-at"):
        makers.a_body(code, "Group with Austria")
    assert found("wg-5-at", officer) == found("wg 5 at", officer) == ["wg-5-at"]
    rows = Body.objects.visible_to(officer)
    assert [row.code for row in matching(rows, "wg-5-at")] == ["wg-5-at"]
    assert matching(rows, "group austria").count() == 3


def test_a_country_is_found_by_its_code_before_words_that_begin_so(officer: User) -> None:
    makers.a_country("LV", "Latvia")
    makers.an_organisation("x", "LVT Union")
    assert found("lv", officer) == ["LV", "LVT Union"]


def test_counts_and_the_kind_asked_for_when_several_kinds_match(officer: User) -> None:
    makers.a_country("AM", "Armenia")
    makers.an_organisation("a", "Armenia Fund")
    makers.an_organisation("b", "Armenia Union", mark="official")
    results = search("armenia", officer, "en", kinds=KINDS, only="directory.organisation")
    assert dict(results.counts) == {"directory.country": 1, "directory.organisation": 1}
    assert [one.label for one in results.found] == ["Armenia Fund"]


def test_a_hidden_record_and_a_missing_one_are_alike_in_answer_and_queries(officer: User) -> None:
    makers.a_person("Zimmerman", "Otto", mark="official")
    makers.a_person("Example", "Anna")
    answers = []
    hidden = ("Zimmerman", "Zymmerman", "Otto Zimmermann", "ottozimmerman")
    missing = ("Kowalczyk", "Kovalchuk", "Jann Kowalczykk", "jankkowalczyk")
    for query in (*hidden, *missing):
        with CaptureQueriesContext(connection) as asked:
            answers.append((found(query, officer), len(asked)))
    assert answers[:4] == answers[4:]
    assert [names for names, _queries in answers] == [[]] * 8
    assert found("Zimmerman", makers.a_user("administrator")) == ["Otto Zimmerman"]


def test_a_name_with_a_higher_mark_is_not_found_by_who_may_read_the_person(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    hidden = makers.a_name(person, family="Secretova", given="Maria", kind="passport", mark="official")
    assert found("Secretova", officer) == []
    assert not Word.objects.filter(text="secretova").exists()
    with change(hidden, by=BY, verb="lowered", note="It is known.") as held:
        held.mark = "internal"
    assert found("Secretova", officer) == ["Maria Secretova"]
    with change(hidden, by=BY) as held:
        held.mark = "official"
    assert found("Secretova", officer) == []


def test_the_public_finds_what_is_published_alone() -> None:
    makers.a_country("AM", "Armenia")
    makers.a_country("AT", "Armorica", mark="public", published_on="2014-01-01")
    results = search("arm", AnonymousUser(), "en", kinds=KINDS)
    assert ([one.label for one in results.found], dict(results.counts)) == (["Armorica"], {"directory.country": 1})


def test_the_index_follows_a_change_and_a_removal_to_the_last_word(officer: User) -> None:
    person = makers.a_person("Oldname", "Anna")
    name = PersonName.objects.get(person=person)
    with change(name, by=BY) as held:
        held.family, held.text = "Newname", ""
    assert (found("oldname", officer), found("newname", officer)) == ([], ["Anna Newname"])
    assert not Word.objects.filter(text="oldname").exists()
    remove(name, by=BY)
    remove(person, by=BY)
    left = Word.objects.filter(text__in=["newname", "anna"]), Spelling.objects.filter(object_id=person.pk)
    assert [query.count() for query in left] == [0, 0]
    assert not Posting.objects.filter(object_id=person.pk, kind="directory.person").exists()
    assert not Key.objects.exclude(word__in=Word.objects.all()).exists()


def test_a_name_is_kept_and_found_when_its_words_are_longer_than_the_index_keeps(officer: User) -> None:
    """One sign of the name stands for four words, so the last word that is kept is a part of one."""
    name = "Nowak " + "ﷺ" * 40
    person = makers.kept(Person())
    makers.a_name(person, family=name, given="Anna")
    assert len(Spelling.objects.get(text__startswith="Anna Nowak").folded) == LONGEST_SPELLING
    assert found("nowak anna", officer)[0].startswith("Anna Nowak")


def test_nothing_is_written_when_names_stay_as_they_are(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    before = set(Spelling.objects.values_list("pk", flat=True))
    with change(person, by=BY) as held:
        held.born = "1970"
    assert set(Spelling.objects.values_list("pk", flat=True)) == before


def test_the_index_is_the_same_when_it_is_filled_anew(people: User) -> None:
    def held() -> list[tuple[object, ...]]:
        return sorted(Posting.objects.values_list("kind", "object_id", "spelling__text", "word__text"))

    before, keys = held(), sorted(Key.objects.values_list("text", "word__text"))
    fill_all_labels()
    assert (held(), sorted(Key.objects.values_list("text", "word__text"))) == (before, keys)
    assert len(set(keys)) == len(keys)
    assert found("Козлов", people) == ["Аляксей Мікалаевіч Казлоў"]


def test_many_people_come_into_the_index_with_few_queries() -> None:
    people = [Person() for _number in range(300)]
    names = [PersonName(person=one, family=f"Name{at % 50}", given="Anna") for at, one in enumerate(people)]
    with CaptureQueriesContext(connection) as asked:
        change_many([Planned(row) for row in (*people, *names)], by=BY)
    index = [query["sql"] for query in asked if "search_" in query["sql"]]
    assert len(index) < 30
    assert Posting.objects.count() == 600
    assert Word.objects.count() == 51


def test_a_list_is_narrowed_to_all_that_are_called_so(officer: User) -> None:
    for number in range(8):
        makers.a_person(f"Kozlov{'sky' if number > 4 else ''}", "Anna")
    rows = Person.objects.visible_to(officer)
    assert matching(rows, "козлов").count() == 8
    assert matching(rows, "козловский анна").count() == 3
    assert matching(rows, "kzlov").count() == 5
    assert matching(rows, "").count() == matching(rows, "—").count() == matching(rows, "petrov").count() == 0


FAMILIES = st.text(alphabet="абвгдежзіклмнопрстуфхцчшэюя", min_size=4, max_size=10)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(families=st.lists(FAMILIES, min_size=3, max_size=6, unique=True), data=st.data())
def test_the_exact_name_finds_its_record_first_in_any_order_and_case(
    families: list[str], data: st.DataObject, officer: User
) -> None:
    people = {family: makers.a_person(family.capitalize(), "Ганна", language="be") for family in families}
    family = data.draw(st.sampled_from(families))
    for query in (f"Ганна {family}", f"{family} ганна", f"{family.upper()}, ГАННА", family):
        assert search(query, officer, "be", kinds=KINDS).found[0].matched == f"Ганна {family.capitalize()}"
    assert len(people) == len(families)


def test_the_page_names_the_form_that_matched_and_filters_by_kind(client: Client, officer: User) -> None:
    makers.a_name(makers.a_person("Example", "Anna"), family="Арменина", given="Анна", language="ru")
    makers.a_country("AM", "Armenia")
    client.force_login(officer)
    answer = client.get(reverse("find"), {"q": "армен"})
    assert [(tab.count, tab.current) for tab in answer.context["kinds"]] == [(2, True), (1, False), (1, False)]
    assert "Анна <mark>Армен</mark>ина" in answer.content.decode()
    people = client.get(reverse("find"), {"q": "армен", "kind": "directory.person"})
    assert [one.label for one in people.context["found"]] == ["Anna Example"]
    nothing = client.get(reverse("find"), {"q": "армен", "kind": "directory.nothing"})
    assert len(nothing.context["found"]) == 2


def test_a_picker_offers_names_in_other_scripts(client: Client, officer: User) -> None:
    person = makers.a_person("Kozlov", "Anna")
    client.force_login(officer)
    answer = client.get(reverse("pick", args=("directory.person",)), {"q": "казлоў"})
    assert answer.json() == {"results": [{"value": f"#{person.pk}", "label": "Anna Kozlov"}]}
