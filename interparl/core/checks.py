"""Checks at start: strings that name code are true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from interparl.accounts.roles import ROLES, Role
from interparl.core.kinds import every_record
from interparl.core.pages import every_record_pages

ACTIONS = ("view", "add", "change", "delete")
# Permissions for what is no record.
OTHERS = (
    "bodies.turn_convocation",
    "bodies.approve_draft",
    "meetings.approve_event",
    "meetings.override_event",
    "meetings.release_event",
    "directory.confirm_erasure",
    "core.lower_mark",
    "core.view_readers",
    "core.change_translation",
    "exchange.import_files",
    "portal.change_page",
    "tasks.oversee_clearance",
    "tasks.settle_clearance",
)


@register()
def check_roles(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:
    """Every permission pattern of a role fits at least one permission that exists."""
    known = [
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in apps.get_models()
        for action in ACTIONS
    ]
    known += OTHERS
    return [
        Error(f"Role {role.key}: “{pattern}” fits no permission.", id="interparl.E001")
        for role in ROLES.values()
        for pattern in (*role.permissions, *role.own_permissions, *role.withheld)
        if not any(Role("", "", frozenset(), (pattern,)).may(name) for name in known)
    ]


@register()
def check_moves(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:
    """Every permission that a move asks for exists."""
    known = {
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in apps.get_models()
        for action in ACTIONS
    } | set(OTHERS)
    return [
        Error(f"Move {move.name} of {kind}: “{move.permission}” is no permission.", id="interparl.E004")
        for kind, pages in every_record_pages.items()
        if pages.workflow
        for move in pages.workflow.moves
        if move.permission not in known
    ]


@register()
def check_records(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:
    """Records are protected from cascades and have no many-to-many fields: both would slip past the write gate."""
    found: list[CheckMessage] = []
    for model in every_record():
        if model._meta.many_to_many:
            found.append(Error(f"{model.record_kind()} has a many-to-many field.", id="interparl.E002"))
        found += [
            Error(f"{model.record_kind()}.{column.name} is not PROTECT.", id="interparl.E003")
            for column in model._meta.concrete_fields
            if isinstance(column, models.ForeignKey) and column.remote_field.on_delete is not models.PROTECT
        ]
    return found
