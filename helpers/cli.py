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
    rooms = (
        _add_rerun,
        _add_incident,
        _add_records,
        _add_tally,
        _add_diff,
        _add_sources,
        _add_fetch,
        _add_shots,
        _add_align,
        _add_convert,
        _add_claims,
        _add_verify,
        _add_lab,
    )
    for add in rooms:
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
        does="scaffolds a new incident folder, reads a spreadsheet of shot times into it, checks one, or lists them",
        examples=(
            "  kit incident list\n"
            "  kit incident new main-street-2026\n"
            "  kit incident shots main-street-2026 times.xlsx --zero 1:02.4 --side police\n"
            "  kit incident check main-street-2026"
        ),
    )
    parser.add_argument("action", choices=("new", "shots", "check", "list"))
    parser.add_argument("id", metavar="ID", nargs="?", help="the incident's id, or for check the path of its folder")
    parser.add_argument("file", metavar="FILE", nargs="?", help="for shots: a spreadsheet with a column of times")
    parser.add_argument("--zero", metavar="T", default="0", help="for shots: the time in it that is 0 seconds (0)")
    parser.add_argument("--side", default="unknown", help="for shots: police, other or unknown (where no column says)")
    parser.add_argument("--status", default="annotated", help="for shots: how the times are known (annotated)")
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
    if args.action == "shots":
        if args.file is None:
            args.parser.error("kit incident shots needs an ID and a FILE")
        log = incidents.add_shots(args.id, args.file, status=args.status, side=args.side, zero=args.zero)
        print(f"{len(log)} shots from {paths.shown(args.file)} are in the log.")
    print(incidents.check(args.id))
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
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 1 or more")
    return int(text)


def _add_records(commands) -> None:
    parser = _command(
        commands,
        "records",
        _records,
        does="reads publishers' files into records and prints the quality report",
        examples=(
            "  kit records fatal-police-shootings-data.csv fatal-police-shootings-agencies.csv -o records.csv\n"
            "  kit records TRR-*.csv.gz -o chicago.parquet\n"
            "  kit records city.csv --layout new -o city.toml      drafts a mapping for you to correct\n"
            "  kit records city.csv --layout city.toml -o records.csv"
        ),
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="CSV (any encoding, gzip, zip) or Excel")
    parser.add_argument("--layout", metavar="NAME", help="a known layout, a mapping.toml, or new to draft a mapping")
    parser.add_argument("-o", "--out", metavar="OUT", help="write the records here: .csv or .parquet")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(parser=parser)


def _records(args: argparse.Namespace) -> int:
    from pathlib import Path

    from . import files, paths, sources

    if args.layout == "new":
        if len(args.files) > 1:
            args.parser.error("--layout new drafts a mapping for one FILE")
        text = sources.draft(args.files[0])
        print(paths.shown(files.write(Path(args.out), text)) if args.out else text)
        return 0
    reading = sources.read(args.files, args.layout)
    if args.out:
        sources.write(reading.records, Path(args.out))
    print(reading.report.as_json() if args.json else reading.report)
    if args.out and not args.json:
        print(f"\n{len(reading.records):,} records are in {paths.shown(args.out)}.")
    return 0


def _add_tally(commands) -> None:
    parser = _command(
        commands,
        "tally",
        _tally,
        does="counts records",
        examples=(
            "  kit tally fatal-police-shootings-data.csv --by year,race\n"
            "  kit tally records.parquet --by agency,year -o by-agency.csv\n"
            "  kit tally records.csv -o tally.csv      by place, agency, year and group: what rates are made of"
        ),
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="publishers' files, or records as CSV or Parquet")
    parser.add_argument("--by", metavar="COLUMNS", help="columns, parted by commas (default: place,agency,year,group)")
    parser.add_argument("--layout", metavar="NAME", help="a known layout, or a mapping.toml")
    parser.add_argument("-o", "--out", metavar="OUT", help="write the tally here: .csv or .parquet")
    parser.add_argument("--json", action="store_true", help="print the tally as JSON")


def _tally(args: argparse.Namespace) -> int:
    import json
    from pathlib import Path

    from . import paths, sources
    from .force.tally import COLUMNS, tally_files

    by = [word.strip() for word in args.by.split(",") if word.strip()] if args.by else list(COLUMNS)
    counted, notes = tally_files(args.files, by, layout=args.layout)
    if args.out:
        sources.write(counted, Path(args.out))
    if args.json:
        rows = json.loads(counted.to_json(orient="records"))
        print(json.dumps({"by": by, "events": int(counted["events"].sum()), "rows": rows, "notes": notes}, indent=1))
        return 0
    if not args.out:
        print(counted.to_csv(index=False), end="")
    where = f" is in {paths.shown(args.out)}" if args.out else ""
    told = [f"The tally{where}: {int(counted['events'].sum()):,} events in {len(counted):,} rows.", *notes]
    print("\n".join(told), file=sys.stderr)
    return 0


def _add_diff(commands) -> None:
    parser = _command(
        commands,
        "diff",
        _diff,
        does="tells what changed between two versions of a data file",
        examples=(
            "  kit diff fatal-police-shootings-data-2023.csv fatal-police-shootings-data.csv\n"
            "  kit diff old.csv new.csv --key name,date --json"
        ),
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--key", metavar="COLUMNS", help="columns that together tell a row, parted by commas")
    parser.add_argument("--layout", metavar="NAME", help="a known layout, where the columns do not tell it")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _diff(args: argparse.Namespace) -> int:
    from . import sources

    key = [word.strip() for word in args.key.split(",") if word.strip()] if args.key else None
    found = sources.diff(args.old, args.new, key=key, layout=args.layout)
    print(found.as_json() if args.json else found)
    return 0


def _add_sources(commands) -> None:
    parser = _command(
        commands,
        "sources",
        _sources,
        does="lists publishers: what they count, for which years, their licence, address and known gaps",
        examples="  kit sources\n  kit sources --json",
    )
    parser.add_argument("--json", action="store_true", help="print them as JSON")


def _sources(args: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from .sources.catalogue import publishers

    known = list(publishers().values())
    print(json.dumps([asdict(one) for one in known], indent=1) if args.json else "\n\n".join(map(str, known)))
    return 0


def _add_fetch(commands) -> None:
    parser = _command(
        commands,
        "fetch",
        _fetch,
        does="downloads a publisher's data, with its hash, date and licence beside it",
        examples=(
            "  kit fetch washington-post-v2            into data/raw/washington-post-v2/\n"
            "  kit fetch austin -o downloads/austin\n"
            "  kit fetch washington-post-v2 --url https://example.org/copy.csv"
        ),
    )
    parser.add_argument("name", metavar="NAME", help="a publisher; kit sources lists them")
    parser.add_argument("--url", metavar="URL", help="another address for the publisher's first file, fetched alone")
    parser.add_argument("-o", "--out", metavar="DIR", help="the folder (default: data/raw/NAME)")
    parser.add_argument("--timeout", metavar="S", type=float, default=30.0, help="seconds of silence to wait (30)")
    parser.add_argument("--most", metavar="MB", type=float, default=2000.0, help="the most to download (2000)")


def _fetch(args: argparse.Namespace) -> int:
    from pathlib import Path

    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from . import paths
    from .sources.fetch import fetch

    bars = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*bars, console=Console(stderr=True), transient=True) as progress:
        tasks: dict = {}

        def told(file: str, done: int, size: int | None) -> None:
            if file not in tasks:
                tasks[file] = progress.add_task(file, total=size)
            progress.update(tasks[file], completed=done, total=size)

        out = Path(args.out) if args.out else None
        options = {"url": args.url, "timeout": args.timeout, "most_bytes": int(args.most * 1e6)}
        folder = fetch(args.name, out, told=told, **options)
    print("\n".join(paths.shown(file) for file in sorted(folder.iterdir())))
    return 0


def _add_verify(commands) -> None:
    parser = _command(
        commands,
        "verify",
        _verify,
        does="says which published figures were changed, and which are stale against data, notebook or helpers",
        examples="  kit verify\n  kit verify published/\n  kit verify published/ --json",
    )
    parser.add_argument("folder", metavar="DIR", nargs="?", help="the folder of figures (default: published)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _verify(args: argparse.Namespace) -> int:
    from .publish.verify import verify

    found = verify(Path(args.folder) if args.folder else None)
    print(found.as_json() if args.json else found)
    return 0 if found.sound else 1


def _add_lab(commands) -> None:
    parser = _command(
        commands,
        "lab",
        _lab,
        does="opens JupyterLab at the first notebook, on this machine only",
        examples="  kit lab\n  kit lab --no-browser --port 8899      then open the address it says",
    )
    parser.add_argument("--no-browser", action="store_true", help="say the address and open nothing")
    parser.add_argument("--port", metavar="N", type=_count, default=8888, help="the first port to try (8888)")


def _lab(args: argparse.Namespace) -> int:
    from . import lab

    lab.run(port=args.port, browser=not args.no_browser, told=lambda words: print(words, flush=True))
    return 0


def _add_convert(commands) -> None:
    parser = _command(
        commands,
        "convert",
        _convert,
        does="converts between annotation formats",
        examples=(
            "  kit convert labels.txt shots.csv                      Audacity labels to the kit's shot log\n"
            "  kit convert shots.csv labels.txt                      and back\n"
            "  kit convert review.TextGrid review.eaf                Praat to ELAN\n"
            "  kit convert markers.edl shots.csv --fps 29.97 --drop\n"
            "  kit convert labels.txt markers.edl --to resolve --fps 25 --start 01:00:00:00\n\n"
            "formats, told by the ending (and for .csv and .txt by what is in it) or by --from and --to:\n"
            "  audacity (.txt)   textgrid, textgrid-short (.TextGrid)   elan (.eaf)   srt   vtt\n"
            "  edl (locators)   resolve (EDL of markers)   premiere (.markers.csv)   sonic-visualiser (.svl.csv)\n"
            "  csv (start_s,end_s,label,tier)   shots (shots.csv: the shot log)\n\n"
            "for a shot log, a label says what its mark is: shot, possible, echo; and what more is known, as in\n"
            "  certain; shooter=Officer A; side=police; u_s=0.01"
        ),
    )
    parser.add_argument("source", metavar="IN")
    parser.add_argument("target", metavar="OUT")
    parser.add_argument("--from", dest="from_format", metavar="FORMAT", help="the format of IN")
    parser.add_argument("--to", dest="to_format", metavar="FORMAT", help="the format of OUT")
    parser.add_argument("--fps", metavar="RATE", help="the video's frame rate, for timecode: 25, 29.97, ...")
    parser.add_argument("--start", metavar="TIMECODE", help="the timecode at which the recording begins")
    parser.add_argument("--drop", action=argparse.BooleanOptionalAction, help="timecode is drop-frame, or is not")
    parser.add_argument("--rate", metavar="HZ", type=_positive, help="times are audio samples, so many a second")
    parser.add_argument("--tier", metavar="NAME", help="only the marks of this tier")
    parser.add_argument("--others", metavar="WHAT", default="refuse", help="marks whose label names no shot, in a shot "
                        "log: refuse (default), leave-out, certain, possible, 'possible echo'")  # fmt: skip
    parser.add_argument("--side", default="unknown", help="who fired, where labels do not say: police, other, unknown")
    parser.add_argument("--status", default="annotated", help="how the shots are known, where labels do not say")
    parser.set_defaults(parser=parser)


def _convert(args: argparse.Namespace) -> int:
    from . import paths, schema
    from .shots import formats
    from .shots.formats.shot_log import OTHERS

    side, status = (schema.SHOT_LOG[name].choices for name in ("side", "status"))
    words = {"others": OTHERS, "side": side, "status": status,
             "from_format": tuple(formats.FORMATS), "to_format": tuple(formats.FORMATS)}  # fmt: skip
    for name, known in words.items():
        given = getattr(args, name)
        if given is not None and given not in known:
            args.parser.error(f"--{name.removesuffix('_format')} {given}: write one of {', '.join(known)}")
    chosen = ("fps", "start", "drop", "rate", "tier", "others", "side", "status")
    options = formats.Options(**{name: getattr(args, name) for name in chosen})
    done = formats.convert(args.source, args.target, from_format=args.from_format, to_format=args.to_format,
                           options=options)  # fmt: skip
    for note in done.notes:
        print(f"Note: {note}", file=sys.stderr)
    titles = [formats.FORMATS[name].title for name in (done.source, done.target)]
    print(f"{done.marks} marks from {args.source} ({titles[0]}) to {paths.shown(args.target)} ({titles[1]}).")
    return 0


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a rate, more than 0")
    return value


def _add_shots(commands) -> None:
    parser = _command(
        commands,
        "shots",
        _shots,
        does="proposes shots from sound or video, for a person to confirm or reject",
        examples=(
            "  kit shots bodycam.mp4\n"
            "  kit shots bodycam.mp4 --recall high -o shots.csv\n"
            "  kit shots camera-1.mp4 camera-2.mp4 -o shots.csv      aligned and fused, on the first clip's clock\n"
            "  kit shots bodycam.mp4 --json\n\n"
            "times are of arrival at the microphone, about 3 ms a metre after the shot; two shots within 35 ms may\n"
            "be heard as one. The score orders proposals and is no probability."
        ),
    )
    parser.add_argument("clips", metavar="CLIP", nargs="+", help="wav, flac, mp3, m4a, mp4, mov, mkv, webm, ts ...")
    parser.add_argument("-o", "--out", metavar="OUT", help="write a shot log here, as CSV")
    parser.add_argument("--recall", choices=("balanced", "high"), default="balanced",
                        help="high misses few and proposes more that are none (default: balanced)")  # fmt: skip
    parser.add_argument("--track", metavar="N", type=int, default=0, help="which sound track, counted from 0")
    parser.add_argument("--salvage", action="store_true", help="read a damaged file as far as it goes")
    parser.add_argument("--json", action="store_true", help="print a list, one object a clip")


def _shots(args: argparse.Namespace) -> int:
    import json
    from pathlib import Path

    from . import files, paths
    from .footage import log

    read = log.heard(_opened(args.clips, track=args.track, salvage=args.salvage), args.recall)
    if args.out:
        fused = log.together([analysis for analysis, _, _ in read], [table for _, _, table in read])
        if len(fused):
            files.write_csv(Path(args.out), log.shot_log(fused))
        told = f"{len(fused)} proposals are in {paths.shown(args.out)}." if len(fused) else "No shot: nothing written."
        print(told, file=sys.stderr)
    if args.json:
        print(json.dumps([log.as_record(fitness, table) for _, fitness, table in read], indent=1))
        return 0
    for _, fitness, table in read:
        print(f"{fitness.clip}\n{fitness}\n{len(table)} proposals, for a person to confirm or reject:")
        for row in table.itertuples():
            print(f"  {row.t_s:10.3f} s  {row.score:.2f}  {row.confidence:13}  {'; '.join(row.reasons)}")
    return 0


def _opened(clips: list[str], **options) -> list:
    """Clips, opened; the faults of all that cannot be are told at once."""
    from .footage.sound import open_clip

    opened, problems = [], []
    for path in clips:
        try:
            opened.append(open_clip(path, **options))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return opened


def _add_align(commands) -> None:
    parser = _command(
        commands,
        "align",
        _align,
        does="finds the offsets between recordings of one incident, from their sound, or says that it cannot tell",
        examples=(
            "  kit align camera-1.mp4 camera-2.mp4 dashcam.mov\n"
            "  kit align camera-1.mp4 camera-2.mp4 --json\n\n"
            "an offset added to a clip's times gives the first clip's. Sound travels 3 ms a metre: an offset puts the\n"
            "same sounds on top of each other as heard. Exit status 1 where a clip cannot be aligned."
        ),
    )
    parser.add_argument("clips", metavar="CLIP", nargs="+", help="two or more recordings; the first is the reference")
    parser.add_argument("--salvage", action="store_true", help="read damaged files as far as they go")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(parser=parser)


def _align(args: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from .footage.align import align

    if len(args.clips) < 2:
        args.parser.error("kit align needs two clips or more")
    offsets = align(_opened(args.clips, salvage=args.salvage))
    if args.json:
        print(json.dumps({"reference": offsets[0].clip, "offsets": [asdict(offset) for offset in offsets]}, indent=1))
    else:
        print("\n".join(map(str, offsets)))
    refused = [
        Problem(offset.refused, "Look for a sound that both hold, and align it by hand.", path)
        for offset, path in zip(offsets, args.clips, strict=True) if offset.offset_s is None
    ]  # fmt: skip
    if refused:
        raise InputError(refused)
    return 0
