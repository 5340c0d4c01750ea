"""`interparl manage messages`: brings the message catalogues up to date, checks or compiles them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interparl.core import messages


class Command(BaseCommand):
    """Without options the catalogues are written anew from the code; translations stay."""

    help = "Brings the message catalogues up to date with code and templates; translations stay."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Check or compile instead."""
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument("--check", action="store_true", help="change nothing; fail with a list of what is wrong")
        deed.add_argument("--compile", action="store_true", help="write the compiled catalogues")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it for each language but that of the code; raises CommandError when a check fails."""
        if options["check"]:
            found = [fault for language in messages.languages() for fault in messages.faults(language)]
            if found:
                raise CommandError("\n".join(map(str, found)) + f"\n{len(found)} faults in the message catalogues")
            return
        for language in messages.languages():
            if options["compile"]:
                messages.compile_catalogue(language)
            else:
                self.stdout.write(f"{language}: {messages.update(language)} without translation")
