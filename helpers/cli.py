"""The ``kit`` command, thin: parse, call, print.

Exit status: 0 done; 1 the input is at fault (one clear message on stderr); 2 wrong usage. A command is two functions:
``_add_<command>`` declares its words and examples, ``_<command>`` calls the room that does the work, imported there
and then, so that ``kit --help`` loads nothing heavy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import __version__
from .problems import InputError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the input is at fault, 2 wrong usage."""
    args = _parser().parse_args(argv)
    try:
        return args.run(args) or 0
    except InputError as error:
        print(f"kit {args.command}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # `kit ... | head` closes our output early; that is no fault. Python would complain again at exit otherwise.
        sys.stdout = None
        return 0
    except KeyboardInterrupt:
        print(f"kit {args.command}: stopped; what was there before is unharmed", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kit",
        description="For reporters who cover police shootings: charts to publish, numbers to check.",
        epilog="Each command explains itself: kit COMMAND --help",
    )
    parser.add_argument("--version", action="version", version=f"kit {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in ():
        add(commands)
    return parser


def _command(commands, name: str, run, *, does: str, examples: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog="examples:\n" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run, command=name)
    return parser
