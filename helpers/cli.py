"""The ``kit`` command, thin: parse, call, print.

Exit status: 0 done; 1 the input is at fault (one clear message on stderr); 2 wrong usage. A command is two functions:
``_add_<command>`` declares its words and examples, ``_<command>`` calls the room that does the work, imported there
and then, so that ``kit --help`` loads nothing heavy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .problems import InputError, Problem

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
    for add in (_add_rerun, _add_incident, _add_claims):
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


def _add_rerun(commands) -> None:
    parser = _command(
        commands,
        "rerun",
        _rerun,
        does="runs the notebooks on given data, into a folder of figures, facts and executed copies",
        examples=(
            "  kit rerun\n"
            "  kit rerun --incident lapd-fid-023-20 --out lapd\n"
            "  kit rerun --incident my-incidents/main-street-2026 --only 01\n"
            "  kit rerun --article story.md"
        ),
    )
    parser.add_argument("--incident", metavar="ID", help="an incident's id, or the path of an incident folder")
    parser.add_argument("--records", metavar="FILE", help="a file of records, for the notebooks that read one")
    parser.add_argument("--population", metavar="FILE", help="a file of populations, for the notebooks that read one")
    parser.add_argument("--out", metavar="DIR", help="the output folder (default: published)")
    parser.add_argument(
        "--jobs", metavar="N", type=_count, help="notebooks to run at a time (default: one a processor)"
    )
    parser.add_argument("--only", metavar="NAME", help="run just the notebooks whose name begins so, such as 01")
    parser.add_argument("--article", metavar="FILE", help="then check this article's numbers against the new facts")


def _rerun(args: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from . import paths
    from .rerun import rerun, selected

    facts = (Path(args.out) if args.out else paths.out()) / "facts.json"
    before = facts.read_bytes() if facts.is_file() else None
    if args.article and not Path(args.article).is_file():
        raise InputError(Problem("there is no such article", "Check the name and the folder.", args.article))
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    live = console.is_terminal
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not live) as progress:
        task = progress.add_task("running notebooks", total=len(selected(args.only)))

        def told(name: str, seconds: float, error: str | None) -> None:
            progress.advance(task)
            console.print(f"  {name}: {'failed' if error else 'done'} after {seconds:.0f} s", highlight=False)

        options = {name: getattr(args, name) for name in ("incident", "records", "population", "out", "jobs", "only")}
        made = rerun(**options, told=told)
    page = Path(args.out) / "index.html" if args.out else paths.shown(made.out / "index.html")
    print(f"{len(made.notebooks)} notebooks, {len(made.figures)} figures, {made.facts} facts in {made.seconds:.0f} s.")
    print(f"See them all: {page}")
    return _hold(args.article, made.out / "facts.json", before) if args.article else 0


def _hold(article: str, known: Path, before: bytes | None) -> int:
    """Check an article against new facts, and say which of its numbers the old ones bore and the new ones do not."""
    import tempfile

    from . import claims

    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "facts.json"
        if before is not None:
            old.write_bytes(before)
        report, stale = claims.hold(article, file=known, since=old if before is not None else None)
    print("\n" + claims.as_text(report, stale))
    return 1 if report.failed() or stale else 0


def _add_incident(commands) -> None:
    parser = _command(
        commands,
        "incident",
        _incident,
        does="scaffolds a new incident folder, checks one, or lists them",
        examples=("  kit incident list\n  kit incident new main-street-2026\n  kit incident check main-street-2026"),
    )
    parser.add_argument("action", choices=("new", "check", "list"))
    parser.add_argument("id", metavar="ID", nargs="?", help="the incident's id, or for check the path of its folder")
    parser.set_defaults(parser=parser)


def _incident(args: argparse.Namespace) -> int:
    from . import incidents, paths

    if args.action == "list":
        print(incidents.listing().to_string(index=False))
        return 0
    if args.id is None:
        args.parser.error(f"kit incident {args.action} needs an ID")
    if args.action == "new":
        folder = paths.shown(incidents.new(args.id))
        print(f"Made {folder}. Fill in {folder}/incident.toml, then: kit incident check {args.id}")
        return 0
    incident = incidents.load(args.id)
    log = "no shot log" if incident.shots is None else f"{len(incident.shots)} shots in the {incident.status} log"
    print(f"{incident.id}: all right. {len(incident.facts)} facts from {len(incident.sources)} sources, "
          f"{len(incident.events)} events, {log}.")  # fmt: skip
    return 0


def _add_claims(commands) -> None:
    parser = _command(
        commands,
        "claims",
        _claims,
        does="checks every number in an article against the facts of record",
        examples=(
            "  kit claims story.md\n"
            "  kit claims story.docx --incident dexter-reed-2024 --strict\n"
            "  kit claims story.html --facts published/facts.json --html report.html\n"
            "  kit claims story.md --since last-week/facts.json\n\n"
            "to pin a number to one fact, in Markdown behind the number:\n"
            "  Officers fired about 96 times.<!-- fact: shots_by_police -->\n"
            "or for any article, in story.claims.toml or claims.toml beside it:\n"
            "  [[claim]]\n"
            '  sentence = "Officers fired about 96 times."\n'
            '  fact = "shots_by_police"\n\n'
            "exit status: 0 nothing is contradicted; 1 something is (with --strict also: unsupported), or a file\n"
            "is at fault; 2 wrong usage"
        ),
    )
    parser.add_argument("article", metavar="ARTICLE", help="a .txt, .md, .html or .docx file")
    parser.add_argument("--incident", metavar="ID", help="hold it against this incident's facts")
    parser.add_argument("--facts", metavar="FILE", help="hold it against a facts.json (default: published/facts.json, "
                        "or where there is none the incident dexter-reed-2024)")  # fmt: skip
    parser.add_argument("--since", metavar="OLD_FACTS", help="an older facts.json: say which numbers no longer hold")
    parser.add_argument("--strict", action="store_true", help="exit 1 also where a number is unsupported")
    parser.add_argument("--html", metavar="FILE", help="write the report as a page, the article's text marked up")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _claims(args: argparse.Namespace) -> int:
    from pathlib import Path

    from . import claims, paths

    report, stale = claims.hold(args.article, file=args.facts, incident=args.incident, since=args.since)
    if args.html:
        page = claims.write_page(report, Path(args.html), stale)
        print(f"Wrote {paths.shown(page)}", file=sys.stderr)
    print(claims.as_json(report, stale) if args.json else claims.as_text(report, stale))
    return 1 if report.failed(args.strict) or stale else 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
