"""Tests of bringing data in."""
