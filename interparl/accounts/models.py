"""Users. The ground of the house: knows nothing of records."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.roles import NOBODY, ROLES, Role


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

    @property
    def rights(self) -> Role:
        """The row of the role table that counts for this user; nobody's when the account is closed."""
        return ROLES[self.role] if self.is_active else NOBODY

    def has_perm(self, permission: str, record: object = None) -> bool:
        """Whether the user's role holds the permission; `record` is not looked at."""
        return self.rights.may(permission)

    def has_module_perms(self, area: str) -> bool:
        """Whether the role holds any permission of the area."""
        return any(pattern.split(".")[0] in (area, "*") for pattern in self.rights.permissions)
