"""What bodies are about, without a database: words for roles, and rules of composition."""

from interparl.bodies.rules.roles import MEMBER, role_of

__all__ = ["MEMBER", "role_of"]
