"""The forms of a table’s columns and of a mapping under hostile hands: never a fault, nothing raw, nothing written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from interparl.exchange.models import SavedMapping
from tests import makers
from tests.handing import brought, fields
from tests.hostile import MARKUP, bodies, check, last_entry, touched_since
from tests.samples import a_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
brief = hypothesis_settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
    database=None,
)
TABLES = {
    "people-csv": "id,name,born,"
    + ",".join(f'"{one.replace(chr(34), chr(34) * 2)}"' for one in MARKUP)
    + "\n1,A,2,<b>\n",
    "events-csv": '[{"title": "Talk", "since": "2025-03-03", "begins": ["<b>"]}, {"title": {}, "since": "\\u0000"}]',
    "memberships-csv": '[{"person": "Anna Nowak", "role": {"a": ["<b>"]}, "body": "x"}, {"person": ["\\u0000", {}]}]',
}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_no_form_of_columns_breaks_and_nothing_is_written(desk: Client, kind: str) -> None:
    makers.the_home_parliament()
    makers.a_person("Nowak")
    file = SimpleUploadedFile(f"{MARKUP[0]}.csv", TABLES[kind].encode())
    url = brought(desk, file, kind)
    base = {name: value for name, value in fields(desk.get(url)).items() if name != "csrfmiddlewaretoken"}
    wide = base | {
        "sheet": "",
        "encoding": "",
        "delimiter": "",
        "header_row": "",
        "records": "",
        "mapping": "",
        "make": "",
    }

    @brief
    @given(st.data(), st.sampled_from(["look", "use", "save", "check", "x"]))
    def attack(data: st.DataObject, deed: str) -> None:
        nonlocal url
        if desk.get(url).status_code == 404:
            url = brought(desk, SimpleUploadedFile("a.csv", TABLES[kind].encode()), kind)
        last = last_entry()
        sent = data.draw(bodies(wide))
        check(desk.post(url, dict(_texts(sent)) | {"deed": deed}), url)
        check(sent.post(desk, url), url)
        check(sent.get(desk, url), url)
        assert touched_since(last) <= {("exchange.savedmapping", key) for key in _keys()}

    attack()


def _texts(sent: Any) -> list[tuple[str, str]]:
    return [(name, value.decode("utf-8", "replace")) for name, value in sent.pairs]


def _keys() -> list[int]:
    return list(SavedMapping.objects.values_list("pk", flat=True))


def test_no_form_of_a_mapping_breaks_and_no_other_is_touched(desk: Client) -> None:
    saved, bystander = a_record(SavedMapping), a_record(SavedMapping)
    url = f"/desk/imports/mappings/{saved.pk}/columns/"
    base = fields(desk.get(url))

    @brief
    @given(st.data(), st.sampled_from(["look", "save"]))
    def attack(data: st.DataObject, deed: str) -> None:
        last = last_entry()
        sent = data.draw(bodies(base))
        check(desk.post(url, dict(_texts(sent)) | {"deed": deed, "seen": fields(desk.get(url))["seen"]}), url)
        check(sent.post(desk, url), url)
        assert touched_since(last) <= {("exchange.savedmapping", saved.pk)}
        check(desk.get(f"/desk/imports/mappings/{saved.pk}/"), url)
        check(desk.get(f"/desk/imports/mappings/{saved.pk}/history/"), url)

    attack()
    assert bystander.data == {}
