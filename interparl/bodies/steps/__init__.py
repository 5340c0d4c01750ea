"""What the change of convocation does with bodies (domain 1.5): most lapse, some survive, and which to form anew."""

from interparl.bodies.steps import closing, continuing, informing

__all__ = ["closing", "continuing", "informing"]
