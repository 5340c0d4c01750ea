"""What counts for a user today, in one query with the user: deputising, portfolio, person, mandate (design 2.21).

Named in settings as the way to authenticate, so that a member's access ends with the mandate wherever he stands.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Subquery

from interparl.accounts.models import Acting, Standing, User
from interparl.accounts.roles import OFFICIAL, POINTER, ROLES
from interparl.core.days import today
from interparl.directory.models.contacts import Portfolio
from interparl.directory.models.people import Mandate, Person


class Joined(Func):
    """The values of all rows of a query as one text with commas."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same under its name there."""
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **extra)


def joined(query: QuerySet[Any], name: str) -> Subquery:
    """A column of a query as one text with commas."""
    return Subquery(query.order_by().annotate(joined=Joined(name)).values("joined"))


def keys_in(text: str | None) -> frozenset[int]:
    """The keys in such a text."""
    return frozenset(int(key) for key in text.split(",")) if text else frozenset()


def acted_for(day: date) -> QuerySet[Acting]:
    """Whom the user of the outer query acts for on the day; closed accounts lend no rights."""
    return Acting.objects.filter(deputy=OuterRef("pk"), since__lte=day, until__gte=day, user__is_active=True)


def portfolios(day: date, user: Any) -> QuerySet[Portfolio]:
    """What a user looks after on the day: as officer, as deputy in its days, or acting for an officer."""
    begun = Q(deputy_since=None) | Q(deputy_since__lte=day)
    lasting = Q(deputy_until=None) | Q(deputy_until__gte=day)
    principals = Acting.objects.filter(deputy=OuterRef(user), since__lte=day, until__gte=day, user__is_active=True)
    mine = Q(user=user) | Q(begun, lasting, deputy=user) | Q(user__in=principals.values("user"))
    return Portfolio.objects.on(day).filter(mine)


class Access(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by name or e-mail and password; knows what each user may read and keep today."""

    def asked(self, day: date) -> dict[str, Any]:
        """What is read with a user, by name; the areas above add theirs."""
        return {
            "acting_roles": joined(acted_for(day), "user__role"),
            "own_countries": joined(portfolios(day, OuterRef("pk")).filter(country__isnull=False), "country_id"),
            "own_organisations": joined(
                portfolios(day, OuterRef("pk")).filter(organisation__isnull=False), "organisation_id"
            ),
            "own_person": Subquery(Person.objects.filter(user=OuterRef("pk")).values("pk")[:1]),
            "own_people": joined(self.restricted_people(day), "pk"),
            "has_mandate": Exists(Mandate.objects.on(day).filter(person__user=OuterRef("pk"))),
        }

    def restricted_people(self, day: date) -> QuerySet[Person]:
        """The restricted people of the user's countries: few, so they are named by their keys."""
        countries = portfolios(day, OuterRef(OuterRef("pk"))).values("country")
        return Person.objects.filter(effective_mark__in=(OFFICIAL, POINTER), country__in=countries)

    def standing_from(self, user: Any) -> Standing:
        """The standing of a user who was read with what `asked` names."""
        person = frozenset({user.own_person} if user.own_person else ())
        return Standing(
            roles=tuple(sorted(set(user.acting_roles.split(",")))) if user.acting_roles else (),
            own={
                "directory.country": keys_in(user.own_countries),
                "directory.organisation": keys_in(user.own_organisations),
                "directory.person": person | keys_in(user.own_people),
            },
            has_access=user.has_mandate or not ROLES[user.role].needs_mandate,
        )

    def everyone(self) -> list[User]:
        """All users with their standing today, in one query."""
        users = list(User.objects.annotate(**self.asked(today())))
        for user in users:
            user.__dict__["standing"] = self.standing_from(user)
        return users

    def standing_of(self, user: User) -> Standing:
        """What counts for a user today."""
        found = self._read(user.pk) if user.pk else None
        return found.standing if found else Standing()

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session with his standing, or None when the account is closed or the mandate has ended."""
        found = self._read(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None

    def _read(self, key: int) -> User | None:
        """A user with his standing. Every request asks this, so the question is put into SQL once in a process."""
        sql, params = self._asked_of_one(connection.vendor)
        values = {ANY_DAY: connection.ops.adapt_datefield_value(today()), ANY_KEY: key}
        for user in User.objects.raw(sql, [values.get(_plain(param), param) for param in params]):
            user.__dict__["standing"] = self.standing_from(user)
            return user
        return None

    def _asked_of_one(self, vendor: str) -> tuple[str, tuple[Any, ...]]:
        """The question for one user with what is asked beside, as SQL for that kind of database."""
        key = f"{type(self).__module__} {vendor}"
        if key not in _prepared:
            query = User.objects.annotate(**self.asked(date.fromisoformat(ANY_DAY))).filter(pk=ANY_KEY)
            sql, params = query.query.sql_with_params()
            _prepared[key] = sql, tuple(params)
        return _prepared[key]

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and, for a member, the mandate lasts."""
        return bool(super().user_can_authenticate(user)) and user.standing.has_access


# Stand in the SQL where the day and the user's key will.
ANY_DAY, ANY_KEY = "1111-11-11", 1_111_111_111_111
_prepared: dict[str, tuple[str, tuple[Any, ...]]] = {}


def _plain(param: Any) -> Any:
    return param.isoformat() if isinstance(param, date) else param
