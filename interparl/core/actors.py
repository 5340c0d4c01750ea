"""Who writes: a user, a one-time link or a named command."""

from __future__ import annotations

from dataclasses import dataclass

from interparl.accounts.models import User


@dataclass(frozen=True)
class Actor:
    """The author of a change; `name` is what history prints when there is no user."""

    name: str
    user: User | None = None

    @classmethod
    def command(cls, name: str) -> Actor:
        """A command of the product, named as typed."""
        return cls(name=f"interparl {name}")


def actor_of(by: User | Actor) -> Actor:
    """The actor that a user is."""
    return by if isinstance(by, Actor) else Actor(name=str(by), user=by)
