"""Users, and who acts for whom. The ground of the house: knows nothing of records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Protocol, cast

from django.conf import settings
from django.contrib.auth import load_backend
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.roles import NO_RIGHTS, ROLES, Rights, rights_of

Keys = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Standing:
    """What counts for a user today beside his own role: further roles, and what is his own, by kind of record.

    `own` is what he may read more of, `kept` what he may also change; without `has_access` he is nobody.
    """

    roles: tuple[str, ...] = ()
    own: Keys = field(default_factory=dict)
    kept: Keys = field(default_factory=dict)
    has_access: bool = True


class Access(Protocol):
    """The authentication backend that settings name first: it knows the registers, so it tells the standing."""

    def standing_of(self, user: User) -> Standing:
        """What counts for the user today."""

    def everyone(self) -> list[User]:
        """All users, each with his standing."""


def access() -> Access:
    """The backend that knows what counts for a user."""
    return cast("Access", load_backend(settings.AUTHENTICATION_BACKENDS[0]))


class Users(BaseUserManager["User"]):
    """Makes users; names are kept in one Unicode form, e-mails in small letters."""

    def create_user(self, username: str, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved user with a usable password when one is given."""
        user = self.model(
            username=self.model.normalize_username(username), email=self.normalize_email(email).lower(), **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: a name, a role and a language."""

    username = models.CharField(_("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    role = models.CharField(
        _("role"), max_length=40, choices=[(role.key, role.title) for role in ROLES.values()], default="member"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined at"), auto_now_add=True)

    objects = Users()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def standing(self) -> Standing:
        """What counts for the user today; read with the user, or once when it is first asked for."""
        return access().standing_of(self)

    @property
    def rights(self) -> Rights:
        """What this user may: his own role and those of whom he acts for; nothing when the account is closed."""
        if not self.is_active or not self.standing.has_access:
            return NO_RIGHTS
        return rights_of(self.role, *self.standing.roles)

    def has_perm(self, permission: str, record: object = None) -> bool:
        """Whether the user holds the permission everywhere; `record` is not looked at."""
        return self.rights.may(permission)

    def has_module_perms(self, area: str) -> bool:
        """Whether the user holds any permission of the area."""
        return self.rights.touches(area)


class Acting(models.Model):
    """Somebody acts for somebody from a day to a day, and has that user's rights beside his own."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("who is away"), related_name="acted_for")
    deputy = models.ForeignKey(User, models.PROTECT, verbose_name=_("who acts"), related_name="acts_for")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))

    class Meta:
        verbose_name = _("deputising")
        verbose_name_plural = _("deputising")
        ordering = ("-since", "-id")

    def __str__(self) -> str:
        return f"{self.deputy} → {self.user}"

    def clean(self) -> None:
        """Refuses an end before the beginning, and acting for oneself."""
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})
        if self.user_id is not None and self.user_id == self.deputy_id:
            raise ValidationError({"deputy": _("Nobody acts for himself.")})
