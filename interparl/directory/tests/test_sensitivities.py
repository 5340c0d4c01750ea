"""Parties that must not meet: two, each of one kind, known to the department alone."""

from __future__ import annotations

from typing import Any

import pytest

from interparl.accounts.roles import ROLES
from interparl.core.writing import Refused
from interparl.directory.models import Country, Organisation, Portfolio, Sensitivity
from tests.makers import a_country, a_parliament, a_person, a_user, an_organisation, kept

pytestmark = pytest.mark.django_db


def apart(**values: Any) -> Sensitivity:
    """Two parties."""
    return kept(Sensitivity(**({"grounds": "A dispute"} | values)))


def test_two_parties_are_kept_for_official_use_unless_told() -> None:
    country, parliament = a_country(), a_parliament()
    found = apart(country=country, other_parliament=parliament)
    assert found.parties == (("directory.country", country.pk), ("directory.parliament", parliament.pk))
    assert (found.mark, found.effective_mark) == ("official", "official")


@pytest.mark.parametrize("filled", [(), ("country",), ("other_country",), ("country", "person", "other_country")])
def test_parties_are_refused_when_one_is_missing_or_named_twice(filled: tuple[str, ...]) -> None:
    values = {name: a_person() if name == "person" else a_country() for name in filled}
    with pytest.raises(Refused, match="Name one"):
        apart(**values)


def test_a_person_stands_first_when_the_other_party_is_none() -> None:
    with pytest.raises(Refused, match="name the person first"):
        apart(country=a_country(), other_person=a_person())


def test_a_party_is_not_kept_from_itself() -> None:
    country = a_country()
    with pytest.raises(Refused, match="meets itself"):
        apart(country=country, other_country=country)


PARTIES = ("person", "country", "parliament", "organisation")
# A person stands first.
PAIRS = [(first, other) for first in PARTIES for other in PARTIES if first == "person" or other != "person"]


def a_party(name: str, code: str) -> tuple[Any, Country | Organisation]:
    """A party of that kind, and whom an officer looks after that it concerns."""
    if name == "organisation":
        one = an_organisation(name=f"Organisation {code}")
        return one, one
    country = a_country(code)
    party = {"country": country}.get(name) or (
        a_person(country=country) if name == "person" else a_parliament(country=country)
    )
    return party, country


@pytest.mark.parametrize(("first", "other"), PAIRS)
def test_it_is_known_and_kept_by_who_looks_after_either_party(first: str, other: str) -> None:
    one, of_the_one = a_party(first, "AA")
    two, of_the_other = a_party(other, "BB")
    row = apart(**{first: one, f"other_{other}": two})
    seen = []
    for whom in (of_the_one, of_the_other, a_country("CC")):
        officer = a_user()
        kept(Portfolio(**{"organisation" if isinstance(whom, Organisation) else "country": whom, "user": officer}))
        del officer.standing
        listed = Sensitivity.objects.visible_to(officer).filter(pk=row.pk).count()
        assert (listed == 1) is row.is_open_to(officer)
        seen.append(listed)
    assert seen == [1, 1, 0]


@pytest.mark.parametrize("role", ROLES)
def test_the_department_alone_has_the_register_and_who_audits_it(role: str) -> None:
    is_theirs = role in ("administrator", "head_of_department", "desk_officer", "auditor")
    assert a_user(role).has_perm("directory.view_sensitivity") is is_theirs
