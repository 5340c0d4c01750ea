"""What happened around a record since a reader last looked: the lines of a block, and the numbers of his first page.

Around a country stand its parliaments, people and bodies, around a body its members and decisions: a `Scope` says
which rows point there. How far a reader has seen is kept only when he says so (`look`); until then it is the last days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Greatest

from interparl.accounts.models import User
from interparl.core.days import now
from interparl.core.kinds import Ref
from interparl.core.known_entries import first_open
from interparl.core.labels import readable
from interparl.core.models.entries import Entry
from interparl.core.models.looks import Look
from interparl.core.records import Record
from interparl.core.rights import Reader

DAYS = 30


@dataclass(frozen=True)
class Around:
    """Records of a kind that stand around another: rows of `through` point to both, by these paths of foreign keys."""

    kind: str
    through: type[Record]
    member: str
    root: str

    def links(self, roots: Iterable[int], user: Reader) -> QuerySet[Any]:
        """The rows that lead from these records to those around them; a link that is hidden leads nowhere."""
        rows = self.through._base_manager.filter(**{f"{self.root}__among": roots})
        # A record that points there itself is looked at with its own entries.
        is_itself = self.through.record_kind() == self.kind and self.member == "pk"
        if not is_itself:
            rows = rows.filter(self.through.may_read(user), **{f"{self.member}__isnull": False})
        return rows.order_by()


@dataclass(frozen=True)
class Telling:
    """Who a row without a label is about, and where: paths of foreign keys to labelled records."""

    model: type[Record]
    who: str
    where: str

    def kind_of(self, path: str) -> str:
        """The kind of record at the end of a path."""
        model: Any = self.model
        for step in path.split("__"):
            model = model._meta.get_field(step).related_model
        return str(model.record_kind())


@dataclass(frozen=True)
class Scope:
    """What counts as news of a kind of record, and how its rows are told of."""

    kind: str
    around: tuple[Around, ...]
    tellings: tuple[Telling, ...] = ()

    def near(self, roots: Sequence[int], user: Reader) -> Q:
        """The condition for the entries of these records, of those around them, and of what hangs on either.

        It looks up what each entry points to: right for few entries, however much stands around.
        """
        found = self._own(roots)
        for one in self.around:
            links = one.links(roots, user)
            for kind, key in (("kind", "object_id"), ("whole_kind", "whole_id")):
                found |= Q(**{kind: one.kind}) & Q(Exists(links.filter(**{one.member: OuterRef(key)})))
        return found

    def far(self, roots: Sequence[int], user: Reader) -> Q:
        """The same condition, which gathers what stands around: right for many entries."""
        found = self._own(roots)
        for one in self.around:
            keys = one.links(roots, user).values(one.member)
            found |= Q(kind=one.kind, object_id__in=keys) | Q(whole_kind=one.kind, whole_id__in=keys)
        return found

    def _own(self, roots: Sequence[int]) -> Q:
        return Q(kind=self.kind, object_id__among=roots) | Q(whole_kind=self.kind, whole_id__among=roots)


# So many of the newest entries of all are asked one by one what they point to.
NEAR = 1000
# Stand in prepared text where the keys of what is looked at, and of what is the reader's own, will.
ANY_ROOT, ANY_OWN = 2_222_222_222_000, 3_333_333_333_000
_prepared: dict[Any, tuple[str, tuple[Any, ...]]] = {}


def around(asked: Sequence[tuple[Scope, Sequence[int]]], user: User) -> RawSQL:
    """The condition for the entries around all of these records, as far as this reader may know of the links.

    Each page asks it, and Django takes longer to put it together than the database to answer: so it is put into SQL
    once for all who have the same rights, and the keys are set in.
    """
    own = sorted(kind for kind, keys in user.standing.own.items() if keys)
    rights = user.rights
    scopes = tuple(scope for scope, _roots in asked)
    key = (scopes, connection.vendor, rights.marks, rights.own_marks, tuple(own))
    if key not in _prepared:
        like = copy(user)
        like.__dict__["standing"] = replace(
            user.standing, own={kind: frozenset({ANY_OWN + at}) for at, kind in enumerate(own)}
        )
        roots = [[ANY_ROOT + at] for at in range(len(scopes))]
        query = Entry.objects.filter(_is_around(list(zip(scopes, roots, strict=True)), like)).query
        sql, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.where)
        _prepared[key] = sql, tuple(params)
    sql, params = _prepared[key]
    keys = {ANY_ROOT + at: sorted(roots) for at, (_scope, roots) in enumerate(asked)}
    keys |= {ANY_OWN + at: sorted(user.standing.own[kind]) for at, kind in enumerate(own)}
    return RawSQL(sql, tuple(_set_in(param, keys) for param in params), output_field=BooleanField())  # noqa: S611  made above


def _set_in(param: Any, keys: Mapping[int, list[int]]) -> Any:
    """The parameter with the keys that it stands for: a text of JSON, or a list where the database has lists."""
    for any_key, real in keys.items():
        if param == json.dumps([any_key]):
            return json.dumps(real)
        if param == [any_key]:
            return real
    return param


def _is_around(asked: Sequence[tuple[Scope, Sequence[int]]], user: User) -> Case:
    """The newest entries are asked what they point to; what stands around is gathered when these do not suffice."""
    near, far = Q(pk__in=()), Q(pk__in=())
    for scope, roots in asked:
        near |= scope.near(roots, user)
        far |= scope.far(roots, user)
    newest = Subquery(Entry.objects.order_by("-pk").values("pk")[:1])
    older = Entry.objects.filter(far).order_by().values("pk")
    return Case(When(pk__gt=newest - Value(NEAR), then=near), default=Q(pk__in=older), output_field=BooleanField())


def last_before(moment: datetime) -> QuerySet[Any]:
    """The id of the last entry before a moment."""
    return Entry.objects.filter(at__lt=moment).order_by("-at", "-pk").values("pk")[:1]


def first_days() -> datetime:
    """From when on things are new to who has never said that he has seen them."""
    return now() - timedelta(days=DAYS)


def news_of(scope: Scope, ref: Ref, user: User, since: int | None = None) -> QuerySet[Entry]:
    """The entries around a record since this reader looked, or since that entry; newest first.

    Each carries when he looked (`looked_at`, None when he never did) and the keys of who and where it tells of.
    """
    mine = Look.objects.filter(user=user, kind=ref[0], object_id=ref[1])
    bound: Any = since
    if since is None:
        bound = Coalesce(Subquery(mine.values("seen_up_to")), Subquery(last_before(first_days())), Value(0))
    found = Entry.objects.filter(around([(scope, [ref[1]])], user), pk__gt=bound)
    return found.annotate(looked_at=Subquery(mine.values("at")), **_told(scope)).select_related("user")


def _told(scope: Scope) -> dict[str, RawSQL]:
    """The keys of who and where an entry tells of, prepared likewise."""
    made = {}
    for name in ("who_key", "where_key"):
        key = (scope.tellings, connection.vendor, name)
        if key not in _prepared:
            query = Entry.objects.annotate(**{name: _end_of(scope, is_who=name == "who_key")}).query
            sql, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.annotations[name])
            _prepared[key] = sql, tuple(params)
        made[name] = RawSQL(*_prepared[key], output_field=BigIntegerField())  # noqa: S611  made above
    return made


def _end_of(scope: Scope, *, is_who: bool) -> Case:
    paths = {one.model: one.who if is_who else one.where for one in scope.tellings}
    ends = [
        When(
            kind=model.record_kind(),
            then=Subquery(model._base_manager.filter(pk=OuterRef("object_id")).order_by().values(path)),
        )
        for model, path in paths.items()
    ]
    return Case(*ends, default=Value(None), output_field=BigIntegerField())


def look(user: User, ref: Ref, up_to: int) -> None:
    """The reader has seen what happened around a record up to that entry; never less than he has seen before."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    up_to, moment = max(0, min(up_to, last)), now()
    kept, is_new = Look.objects.get_or_create(
        user=user, kind=ref[0], object_id=ref[1], defaults={"seen_up_to": up_to, "at": moment}
    )
    if not is_new:
        Look.objects.filter(pk=kept.pk).update(seen_up_to=Greatest(F("seen_up_to"), Value(up_to)), at=moment)


@dataclass
class Count:
    """How much is new around one record, and the moment of the newest."""

    ref: Ref
    entries: set[int] = field(default_factory=set)
    newest: datetime | None = None

    @property
    def number(self) -> int:
        """How many entries there are."""
        return len(self.entries)


# So many of the newest entries are counted on a first page.
COUNTED = 1000


@dataclass(frozen=True)
class Counts:
    """The records with news, the newest first; when not all entries were counted, `is_least` says so."""

    of: list[Count]
    is_least: bool = False


def counts_of(scopes: Sequence[Scope], own: Mapping[str, Iterable[int]], user: User) -> Counts:
    """How much is new to this reader around each of these records; as many queries however many they are."""
    roots = {scope.kind: sorted(own.get(scope.kind, ())) for scope in scopes}
    if not any(roots.values()):
        return Counts([])
    bounds = _bounds(roots, user)
    asked = [(scope, roots[scope.kind]) for scope in scopes if roots[scope.kind]]
    news = Entry.objects.filter(around(asked, user), pk__gt=min(bounds.values())).defer("changes", "note", "digest")
    entries = first_open(news, user, COUNTED + 1)
    found: dict[Ref, Count] = {}
    led = _roots_of(scopes, roots, entries, user)
    for entry in entries[:COUNTED]:
        ends = {(entry.kind, entry.object_id), (entry.whole_kind, entry.whole_id)}
        for ref in {root for end in ends for root in (end, *led.get(end, ()))} & bounds.keys():
            if entry.pk > bounds[ref]:
                count = found.setdefault(ref, Count(ref, newest=entry.at))
                count.entries.add(entry.pk)
    known = readable(found, user)
    ordered = sorted((one for ref, one in found.items() if ref in known), key=lambda one: (max(one.entries), one.ref))
    return Counts(ordered[::-1], is_least=len(entries) > COUNTED)


def _bounds(roots: Mapping[str, list[int]], user: User) -> dict[Any, int]:
    """For each record the entry up to which this reader has seen it."""
    otherwise = last_before(first_days()).values_list("pk", flat=True).first() or 0
    bounds: dict[Any, int] = {(kind, key): otherwise for kind, keys in roots.items() for key in keys}
    seen = Look.objects.filter(user=user, kind__in=list(roots)).values_list("kind", "object_id", "seen_up_to")
    return bounds | {(kind, key): up_to for kind, key, up_to in seen if (kind, key) in bounds}


def _roots_of(
    scopes: Sequence[Scope], roots: Mapping[str, list[int]], entries: Sequence[Entry], user: User
) -> dict[Any, set[Ref]]:
    """Around which of the records each of these entries' records stands; one query for all."""
    met: dict[str, set[int]] = {}
    for entry in entries:
        met.setdefault(entry.kind, set()).add(entry.object_id)
        if entry.whole_id:
            met.setdefault(entry.whole_kind, set()).add(entry.whole_id)
    asked: list[QuerySet[Any, Any]] = [
        one.links(roots[scope.kind], user)
        .filter(**{f"{one.member}__among": met[one.kind]})
        .annotate(of=_word(one.kind), by=_word(scope.kind), end=F(one.member), start=F(one.root))
        .values_list("of", "end", "by", "start")
        for scope in scopes
        if roots[scope.kind]
        for one in scope.around
        if one.kind in met
    ]
    led: dict[Any, set[Ref]] = {}
    if asked:
        rows = asked[0].union(*asked[1:]) if len(asked) > 1 else asked[0]
        for of, end, by, start in rows:
            led.setdefault((of, end), set()).add((by, start))
    return led


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())
