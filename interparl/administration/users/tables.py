"""Tables of users, of who acts for whom and of what an officer looks after, and how a list of them is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import ROLES
from interparl.administration.users.filters import set_up
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.exports import Sheet
from interparl.core.formats import write_moment
from interparl.core.listing import LABEL, PAGE_SIZES, Listing, in_order
from interparl.core.requests import StaffRequest
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link
from interparl.directory.models import Person, Portfolio
from interparl.language.folding import words

PERSON = "directory.person"
OFFICER = pgettext_lazy("of a portfolio", "officer")
DEPUTY = pgettext_lazy("of a portfolio", "deputy")


def user_address(key: int, page: str = "show") -> str:
    """A page of a user."""
    return reverse(f"administration:user-{page}", args=(key,))


def acting_address(key: int, page: str) -> str:
    """A page of a deputising."""
    return reverse(f"administration:acting-{page}", args=(key,))


def with_account() -> QuerySet[User]:
    """Users with what lists of them show: whether a second factor is set up, and the person each is."""
    person = Person.objects.filter(user=OuterRef("pk")).values("pk")[:1]
    return User.objects.annotate(has_factor=set_up(), own_person=Subquery(person))


def role_title(key: str) -> str | Promise:
    """A role by name."""
    return ROLES[key].title


def principals_of(user: User) -> list[Acting]:
    """For whom a user acts today, of the rows that were loaded with him."""
    day = today()
    return [one for one in user.acts_for.all() if one.since <= day <= one.until and one.user.is_active]


user_columns: Columns[Any] = Columns(
    (
        Column(
            "name",
            pgettext_lazy("of a person", "Name"),
            lambda user, r: str(user),
            sort="name,username",
            address=lambda user: user_address(user.pk),
        ),
        Column("username", gettext_lazy("User name"), lambda user, r: user.username, sort="username"),
        Column("email", gettext_lazy("E-mail"), lambda user, r: user.email, sort="email"),
        Column("role", gettext_lazy("Role"), lambda user, r: str(role_title(user.role)), sort="role"),
        Column("open", gettext_lazy("May sign in"), lambda user, r: user.is_active, sort="is_active"),
        Column("factor", gettext_lazy("Second factor"), lambda user, r: user.has_factor),
        Column(
            "last",
            gettext_lazy("Last sign-in"),
            lambda user, r: write_moment(user.last_login, r.language) if user.last_login else "",
            sort="last_login",
        ),
        Column(
            "acts",
            gettext_lazy("Acts for, today"),
            lambda user, r: ", ".join(str(one.user) for one in principals_of(user)),
        ),
        Column(
            "person",
            gettext_lazy("Person"),
            lambda user, r: r.name(PERSON, user.own_person),
            refs=lambda user: [(PERSON, user.own_person)] if user.own_person else [],
            address=lambda user: address((PERSON, user.own_person)) if user.own_person else "",
        ),
    ),
    needs=(Prefetch("acts_for", Acting.objects.select_related("user")),),
)


def acting_columns(reader: User) -> Columns[Acting]:
    """Who acts for whom; with the steps and the links that this reader may take."""
    may_view = reader.has_perm("accounts.view_user")
    return Columns(
        (
            Column(
                "user",
                gettext_lazy("Who is away"),
                lambda one, r: str(one.user),
                address=lambda one: user_address(one.user_id) if may_view else "",
                second=lambda one, r: str(role_title(one.user.role)),
                sort="user__name,user__username",
            ),
            Column(
                "deputy",
                gettext_lazy("Who acts"),
                lambda one, r: str(one.deputy),
                address=lambda one: user_address(one.deputy_id) if may_view else "",
                sort="deputy__name,deputy__username",
            ),
            Column("since", gettext_lazy("From"), lambda one, r: one.since, kind="date", sort="since"),
            Column("until", gettext_lazy("To"), lambda one, r: one.until, kind="date", sort="until"),
            Column(
                "state",
                pgettext_lazy("of deputising", "State"),
                lambda one, r: str(state_of(one)[0]),
                tone=lambda one, r: state_of(one)[1],
            ),
        ),
        related=("user", "deputy"),
        moves=_acting_moves if reader.has_perm("accounts.change_acting") else None,
    )


def _acting_moves(acting: Acting, _reading: Reading) -> list[Link]:
    if acting.until < today():
        return []
    return [Link(_("Change"), acting_address(acting.pk, "edit")), Link(_("End…"), acting_address(acting.pk, "end"))]


def state_of(acting: Acting) -> tuple[str | Promise, str]:
    """Whether it counts today, in words, with the tone of its badge."""
    day = today()
    if acting.until < day:
        return _("over"), "neutral"
    if acting.since > day:
        return _("to come"), "info"
    return (_("acts today"), "good") if acting.user.is_active else (_("account closed"), "warn")


def looked_after(user: User, day: date) -> Any:
    """The portfolio of a user on the day: as officer, and as deputy in his days."""
    begun = Q(deputy_since=None) | Q(deputy_since__lte=day)
    lasting = Q(deputy_until=None) | Q(deputy_until__gte=day)
    return Portfolio.objects.on(day).filter(Q(user=user) | Q(begun, lasting, deputy=user))


def portfolio_table(user: User, reading: Reading) -> Table[Portfolio]:
    """The countries and organisations that a user looks after today, as far as the reader may know of them."""
    found = looked_after(user, today()).visible_to(reading.user).order_by("pk")
    columns: Columns[Portfolio] = Columns(
        (
            Column(
                "name",
                gettext_lazy("Name"),
                lambda p, r: r.name(*(p.whole or ("", None))),
                refs=lambda p: [p.whole] if p.whole else [],
                address=lambda p: address(p.whole) if p.whole else "",
            ),
            Column(
                "as",
                gettext_lazy("As"),
                lambda p, r: str(OFFICER if p.user_id == user.pk else DEPUTY),
            ),
            Column(
                "since",
                gettext_lazy("From"),
                lambda p, r: p.since if p.user_id == user.pk else _iso(p.deputy_since),
                kind="partial",
            ),
            Column(
                "until",
                gettext_lazy("To"),
                lambda p, r: p.until if p.user_id == user.pk else _iso(p.deputy_until),
                kind="partial",
            ),
        )
    )
    return Table.of(columns, found, reading)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def named_like(found: QuerySet[User], text: str) -> QuerySet[User]:
    """Those in whose name, user name or address each word begins a word, as in every other list."""
    asked = words(text)
    rows = found.values_list("pk", "name", "username", "email")
    keys = [key for key, *texts in rows if asked and _fits(asked, words(" ".join(texts)))]
    return found.filter(pk__in=keys)


def _fits(asked: list[str], known: list[str]) -> bool:
    return all(any(word.startswith(begin) for word in known) for begin in asked)


def cut(
    request: StaffRequest,
    found: Any,
    columns: Columns[Any],
    reading: Reading,
    *,
    filters: django_filters.FilterSet | None = None,
    order: str = LABEL,
) -> Listing[Any]:
    """The rows of a list whatever they are, of every day, in the order and on the page that the address asks for."""
    words_asked = request.GET.get("q", "").strip()[:200] if found.model is User else ""
    if filters is not None and filters.is_valid():
        found = filters.qs
    if words_asked:
        found = named_like(found, words_asked)
    sort = request.GET.get("sort", "")
    size = _number(request.GET.get("rows", ""))
    listing: Listing[Any] = Listing(
        columns=columns,
        found=found,
        reading=reading,
        filters=filters,
        query=words_asked,
        is_every_day=True,
        sort=sort if sort.removeprefix("-") in {one.key for one in columns.of if one.sort} else order,
        page=1,
        size=size if size in PAGE_SIZES else settings.ROWS_A_PAGE,
        request=request,
    )
    listing.page = min(max(1, _number(request.GET.get("page", ""))), listing.pages)
    return listing


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def users_sheet(listing: Listing[Any]) -> Sheet:
    """All users of a list for an export."""
    columns = listing.columns.of
    table = Table(listing.columns, listing.ordered(), listing.reading).loaded()
    about = [(_("Register"), _("Users")), *((str(pill.name), str(pill.value)) for pill in listing.pills())]
    headings = [str(column.label) for column in columns]
    name = f"users-{today().isoformat()}"
    return Sheet(name, about, [column.key for column in columns], headings, table.values())


def acting_of(user: User) -> QuerySet[Acting]:
    """Whom the user acts or acted for, and who for him; the latest first."""
    found = Acting.objects.filter(Q(user=user) | Q(deputy=user)).select_related("user", "deputy")
    return found.order_by(in_order(Acting, "until", down=True), "-pk")
