"""Deeds of the administration that touch many areas: loading the demonstration set."""

from interparl.administration.actions.demo import NotEmpty, load_demo

__all__ = ["NotEmpty", "load_demo"]
