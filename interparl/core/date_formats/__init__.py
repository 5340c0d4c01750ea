"""How days and numbers are typed in forms. What pages print is written by Babel (`core.formats`)."""
