"""The demonstration set: the National Assembly of Belarus in its 5th convocation, from sources; people are invented.

It stands on top because it fills every area.
"""

from interparl.config.demo.loading import NotEmpty, load_demo

__all__ = ["NotEmpty", "load_demo"]
