"""The auditor's pages: who read what is for official use, who changed what, and whether the history is whole."""
