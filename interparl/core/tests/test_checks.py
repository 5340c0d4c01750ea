"""Checks at start: strings that name code are true, and they are found when they are not."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models

from interparl.accounts.roles import ROLES, Role
from interparl.core import checks
from interparl.core.checks import check_records, check_roles
from interparl.core.models import Source


def test_nothing_is_wrong_when_the_product_starts() -> None:
    assert [one for one in run_checks() if (one.id or "").startswith("interparl")] == []


@pytest.mark.parametrize(
    "pattern", ["directory.sign_country", "nowhere.view_*", "directory.view_countries", "view_country"]
)
def test_a_role_is_wrong_when_its_permission_fits_no_record(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROLES, "odd", Role("odd", "Odd", frozenset(), (pattern, "directory.view_*")))
    found = check_roles(None)
    assert [(one.id, one.msg) for one in found] == [("interparl.E001", f"Role odd: “{pattern}” fits no permission.")]


def test_a_record_is_wrong_when_removal_could_cascade(monkeypatch: pytest.MonkeyPatch) -> None:
    column: Any = Source._meta.get_field("source")
    monkeypatch.setattr(column.remote_field, "on_delete", models.CASCADE)
    assert [(one.id, one.msg) for one in check_records(None)] == [
        ("interparl.E003", "core.source.source is not PROTECT.")
    ]


def test_a_record_is_wrong_when_it_has_a_many_to_many_field(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        """A record with what no record may have."""

        class _meta:  # noqa: N801
            many_to_many = ("friends",)
            concrete_fields = ()

        @staticmethod
        def record_kind() -> str:
            """Its name."""
            return "odd.odd"

    monkeypatch.setattr(checks, "every_record", lambda: [Odd])
    assert [one.id for one in check_records(None)] == ["interparl.E002"]


def test_every_role_holds_at_least_the_right_to_look_when_it_is_listed() -> None:
    names = [f"{model._meta.app_label}.view_{model._meta.model_name}" for model in apps.get_models()]
    assert {key: any(role.may(name) for name in names) for key, role in ROLES.items()} == dict.fromkeys(ROLES, True)
