"""Interparl: the working system of a parliament's international department."""

__version__ = "0.3.0"
