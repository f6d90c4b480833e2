"""`manage.py benchmark DATASET`: how good and how fast the networks are, without a server."""

import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError

from picking.science.benchmark import Draw, run_benchmark, table


class Command(BaseCommand):
    help = "Train on a few labels of a data set or on none, pick its test micrographs, and score the picks."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("dataset", type=Path, help="a folder with dataset.json, micrographs/, particles.tsv …")
        parser.add_argument(
            "--labels", type=_labels, default=20, help="labels of each kind (default 20), all for the ceiling, or 0"
        )
        parser.add_argument(
            "--draw",
            choices=get_args(Draw),
            default="random",
            help="labels anywhere on four micrographs (random, the default), or in a part of two (person)",
        )
        parser.add_argument("--seeds", type=int, default=5, help="repeats with other labels (default 5)")
        parser.add_argument("--json", type=Path, help="write the figures to this file")
        parser.add_argument("--picks", type=Path, help="write every candidate to TSV files in this folder")

    def handle(self, **options: Any) -> None:
        if not (options["dataset"] / "dataset.json").is_file():
            raise CommandError(f"{options['dataset']} is not a data set: it has no dataset.json.")
        figures = run_benchmark(
            options["dataset"],
            options["labels"],
            options["seeds"],
            options["picks"],
            self.stdout.write,
            draw=options["draw"],
        )
        self.stdout.write(table(figures))
        if options["json"]:
            options["json"].write_text(json.dumps(figures, indent=1))


def _labels(text: str) -> int | None:
    if text == "all":
        return None
    if text.isdigit():
        return int(text)
    raise ArgumentTypeError(f"“{text}” is neither a number of labels nor “all”")
