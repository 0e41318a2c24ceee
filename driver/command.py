"""What all of `crosswarp`'s commands share."""

from __future__ import annotations

from typing import Any

import click


class Command(click.Command):
    r"""A command whose help may be a raw docstring: click wants a backspace where it says `\b`, to keep a paragraph's lines."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.help = self.help and self.help.replace("\\b\n", "\b\n")


class CommandGroup(click.Group):
    """A group of such commands."""

    command_class = Command
