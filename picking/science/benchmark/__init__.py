"""The few-label benchmark: how good and how fast the networks are on a data set whose particles experts marked."""

from picking.science.benchmark.dataset import Dataset, read_dataset
from picking.science.benchmark.draws import BACKGROUND, WINDOW, draw_labels, draw_persons_labels, draw_verdicts
from picking.science.benchmark.protocol import (
    Draw,
    Figures,
    make_networks,
    run_benchmark,
    score_picks,
    table,
    write_picks,
)

__all__ = [
    "BACKGROUND",
    "WINDOW",
    "Dataset",
    "Draw",
    "Figures",
    "draw_labels",
    "draw_persons_labels",
    "draw_verdicts",
    "make_networks",
    "read_dataset",
    "run_benchmark",
    "score_picks",
    "table",
    "write_picks",
]
