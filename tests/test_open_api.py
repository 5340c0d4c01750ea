"""The open data answers as its own description says, whatever a program asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from interparl.core.kept import SHELF
from interparl.core.translated import written
from interparl.directory.models import Relation
from interparl.meetings.models import Event, Participation
from interparl.portal.blocks import DATASETS
from interparl.portal.measures import COUNTERPARTS
from tests import makers

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]
EXAMPLES = 15
# In process nobody unpacks what came compressed.
PLAIN = {"Accept-Encoding": "identity"}
PUBLIC: dict[str, Any] = {"mark": "public", "published_on": "2010-01-01"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def published(db: None) -> None:
    """One row in every list, a body with a composition, and talks with everybody."""
    SHELF.clear()
    home = makers.the_home_parliament(country=makers.a_country(**PUBLIC), **PUBLIC)
    country = makers.a_country("AM", "Armenia", **PUBLIC)
    there = makers.a_parliament(country, **PUBLIC)
    makers.kept(Relation(parliament=there, kind=Relation.Kind.COMMISSION, since="2012", **PUBLIC))
    organisation = makers.an_organisation("ipu", "Union", **PUBLIC)
    for kind, code in (("working-group", "wg"), ("commission", "ic"), ("delegation", "dl")):
        body = makers.a_body(
            code, kind=kind, parliaments=[home], countries=[country], organisation=organisation, since="2012", **PUBLIC
        )
        decision = makers.a_decision(**PUBLIC)
        person = makers.a_person(**PUBLIC)
        makers.a_membership(body, person, role="head", since="2012-11", decision=decision, **PUBLIC)
    makers.a_convocation(home, 5, since="2012", **PUBLIC)
    talks = makers.kept(Event(kind="talks", title=written({"en": "Talks"}), since="2013", country=country, **PUBLIC))
    for capacity in COUNTERPARTS:
        values = {"printed_name": "Guest", "country": country, "capacity": capacity}
        makers.kept(Participation(event=talks, **values, **PUBLIC))


def described(language: str = "en") -> dict[str, Any]:
    """The description as a program reads it."""
    found: dict[str, Any] = Client().get(f"/{language}/data/openapi.json").json()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_described_when_the_description_is_read(language: str) -> None:
    found = described(language)
    lists = [f"/{{language}}/lists/{key}/" for key in DATASETS]
    assert (found["openapi"], list(found["paths"])) == ("3.1.0", [*lists, "/{language}/bodies/{code}/"])
    assert {path["get"]["operationId"] for path in found["paths"].values()} == {*DATASETS, "composition"}
    assert found["components"]["parameters"]["language"]["schema"]["enum"] == LANGUAGES


def test_the_description_is_linked_when_the_page_of_the_open_data_is_read() -> None:
    page = Client().get("/be/data/").content.decode()
    assert '<a href="/be/data/openapi.json">' in page


@pytest.mark.usefixtures("published")
def test_every_list_has_a_row_when_all_is_published() -> None:
    for key in DATASETS:
        rows = Client().get(f"/en/lists/{key}/?on=2014-06-01&format=json").json()["rows"]
        assert (key, len(rows)) == (key, 1)
    [row] = Client().get("/en/bodies/wg/?on=2014-06-01&format=json").json()["rows"]
    assert (row["role"], row["approximate"]) == ("head", False)


@contextmanager
def one_connection() -> Iterator[None]:
    """The application reads in the transaction of the test, as Django's own client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_every_answer_is_as_described_when_a_program_asks_anything(mode: GenerationMode) -> None:
    application = get_wsgi_application()
    schema = schemathesis.openapi.from_dict(described())
    schema.app = application
    found: list[Any] = list(schema.get_all_operations())
    operations = [one.ok() for one in found]
    assert len(operations) == len(DATASETS) + 1
    for operation in operations:

        @hypothesis_settings(
            max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.call_and_validate(app=application, checks=CHECKS, base_url="http://localhost", headers=PLAIN)

        with one_connection():
            ask()


@pytest.mark.usefixtures("published")
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from([*DATASETS, "composition"]),
    language=st.sampled_from(LANGUAGES),
    on=st.sampled_from(["", "2012", "2014-06-01", "2014-02-30", "x"]) | st.text(max_size=12),
    form=st.sampled_from(["csv", "json", "xlsx"]) | st.text(min_size=1, max_size=8),
)
def test_a_file_comes_or_one_sentence_when_any_day_and_kind_is_asked(
    key: str, language: str, on: str, form: str
) -> None:
    path = "bodies/wg" if key == "composition" else f"lists/{key}"
    answer = Client().get(
        f"/{language}/{path}/", {"on": on.encode("utf-8", "replace"), "format": form.encode("utf-8", "replace")}
    )
    kind = answer["Content-Type"].partition(";")[0]
    if answer.status_code == 200:
        assert kind == {"csv": "text/csv", "json": "application/json"}[form]
        assert form != "json" or set(json.loads(answer.content)) == {"about", "rows"}
    else:
        assert (answer.status_code, kind) == (400, "text/plain")
