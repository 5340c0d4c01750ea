"""Tests of the ground layer for languages."""
