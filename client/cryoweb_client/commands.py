"""`cryoweb`: the whole job on the command line, and in job scripts. Results go to stdout, all else to stderr."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from cryoweb_client import incoming, signing_in, steps
from cryoweb_client.coordinates import Unit
from cryoweb_client.errors import CryoWebError
from cryoweb_client.labels import KINDS


def main(arguments: Sequence[str] | None = None) -> int:
    """0: done; 1: it could not be done, and stderr says why; 2: wrong arguments."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["convert"]:  # its arguments are those of the program that it calls
            return steps.convert(words[1:])
        asked = parser().parse_args(words)
        asked.run(asked)
    except CryoWebError as error:
        print(f"cryoweb: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cryoweb: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ncryoweb: stopped. What the server does goes on; “cryoweb wait” waits for it.", file=sys.stderr)
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """Of all commands. PROJECT is a number or a name."""
    whole = argparse.ArgumentParser("cryoweb", description="Pick cryo-EM particles with a CryoWeb server.")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)

    signin = commands.add_parser("signin", help="keep the server's address and your token for all that follows")
    signin.add_argument("address", help="such as https://cryoweb.example.org")
    signin.add_argument("--token-file", type=Path, help="read the token from here (- for stdin) instead of asking")
    signin.set_defaults(run=signing_in.sign_in)
    commands.add_parser("signout", help="forget them").set_defaults(run=signing_in.sign_out)
    commands.add_parser("projects", help="list your projects").set_defaults(run=steps.projects)

    _add_together(commands)

    create = commands.add_parser("create", help="create a project, and print its number")
    create.add_argument("name")
    create.add_argument("--diameter", type=float, required=True, help="of the particles, Å")
    create.add_argument("--pixel-size", type=float, help="Å; else that of each file")
    create.set_defaults(run=steps.create)

    bring = commands.add_parser("import", help="send micrographs, or use those that are on the server")
    bring.add_argument("project")
    bring.add_argument("paths", nargs="*", type=Path, help="micrographs, or folders of them, of this machine")
    bring.add_argument("--server", metavar="PATH", help="a folder, a list or a pattern on the server instead")
    bring.add_argument("--subfolders", action="store_true", help="with --server: the folders in the folder too")
    bring.set_defaults(run=steps.bring)

    label = commands.add_parser("label", help="put labels from a table with the columns micrograph, x, y[, kind]")
    label.add_argument("project")
    label.add_argument("files", nargs="+", type=Path)
    label.add_argument("--kind", choices=KINDS, default="particle", help="of labels without a column kind")
    label.set_defaults(run=steps.label)

    _add_incoming(commands)

    train = commands.add_parser("train", help="start a training; all micrographs are picked afterwards")
    train.add_argument("project")
    train.set_defaults(run=steps.train)

    wait = commands.add_parser("wait", help="wait until importing, training and picking have ended")
    wait.add_argument("project")
    wait.add_argument("--timeout", type=float, metavar="SECONDS", help="give up after this time")
    wait.set_defaults(run=steps.wait)

    pick = commands.add_parser("pick", help="wait for the picks, and print how many each micrograph has")
    pick.add_argument("project")
    pick.add_argument("--networks-of", metavar="PROJECT", help="pick with the networks of another project")
    pick.set_defaults(run=steps.pick)

    export = commands.add_parser("export", help="download the picks as a zip, and print its path")
    export.add_argument("project")
    export.add_argument("--format", required=True, help="such as relion, eman_box, csv (docs/formats.md)")
    export.add_argument("--to", type=Path, default=Path(), help="a file, or a folder (default: here)")
    export.add_argument("--flip-y", action="store_true", help="count rows from the other end")
    export.set_defaults(run=steps.export)

    averages = commands.add_parser("averages", help="sort the picks into class averages, and print the path of the zip")
    averages.add_argument("project")
    averages.add_argument("--classes", type=int, help="how many (default: by the number of picks)")
    averages.add_argument("--to", type=Path, default=Path(), help="a file, or a folder (default: here)")
    averages.set_defaults(run=steps.averages)

    commands.add_parser("convert", help="convert coordinate files without a server", add_help=False)
    return whole


def _add_together(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    comments = commands.add_parser("comments", help="print the comments of open threads")
    comments.add_argument("project")
    comments.add_argument("--resolved", action="store_true", help="those of resolved threads instead")
    comments.set_defaults(run=steps.comments)

    queue = commands.add_parser("queue", help="print who has which micrograph; take one, or say that it is done")
    queue.add_argument("project")
    what = queue.add_mutually_exclusive_group()
    what.add_argument("--next", action="store_true", help="take your next one, and print its name")
    what.add_argument("--claim", metavar="MICROGRAPH", help="take this one")
    what.add_argument("--done", metavar="MICROGRAPH", help="you have finished this one")
    queue.set_defaults(run=steps.queue)

    verify = commands.add_parser("verify", help="check the file of a snapshot against its hash")
    verify.add_argument("file", type=Path)
    verify.add_argument("sha256", nargs="?", default="", help="as it was cited, or its first 12 characters or more")
    verify.add_argument("--of", nargs=2, metavar=("PROJECT", "NUMBER"), help="ask the server for the hash instead")
    verify.set_defaults(run=steps.verify)


def _add_incoming(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    picks = commands.add_parser("import-coordinates", help="bring in coordinates of other programs, of any format")
    picks.add_argument("project")
    picks.add_argument("paths", nargs="+", type=Path, help="files, or folders of them, of this machine")
    picks.add_argument("--as", dest="store_as", choices=("labels", "source"), help="what they become")
    picks.add_argument("--name", default="", help="of the source (default: that of the format)")
    picks.add_argument("--kind", choices=KINDS, default="particle", help="of the labels")
    picks.add_argument("--dry-run", action="store_true", help="say how they match, and store nothing")
    picks.add_argument("--format", help="where the content does not tell it, such as eman_box (docs/formats.md)")
    picks.add_argument("--starts", default="", metavar="TEXT", help="ignore this at the start of names; # is a number")
    picks.add_argument("--ends", default="", metavar="TEXT", help="ignore this at the end of names, such as _DW")
    picks.add_argument("--scale", type=float, help="pixels of the micrograph for one of the files")
    picks.add_argument("--unit", choices=get_args(Unit), default="pixels", help="of the coordinates")
    picks.add_argument("--flip-y", action="store_true", help="rows are counted from the other end")
    picks.add_argument("--merge-doubled", action="store_true", help="store picks that lie on each other once")
    picks.set_defaults(run=incoming.import_coordinates)

    ctf = commands.add_parser("import-ctf", help="take CTF values from a micrographs_ctf.star or a table")
    ctf.add_argument("project")
    ctf.add_argument("file", type=Path)
    ctf.set_defaults(run=incoming.import_ctf)

    compare = commands.add_parser("compare", help="compare two sets of picks, and print precision, recall and offset")
    compare.add_argument("project")
    for name in ("first", "second"):
        compare.add_argument(name, help="final, networks, labels, or the name of a source")
    compare.set_defaults(run=incoming.compare)
