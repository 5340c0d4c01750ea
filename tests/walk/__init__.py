"""The role walk: records planted with unmistakable words, and every address asked for them by every kind of reader."""
