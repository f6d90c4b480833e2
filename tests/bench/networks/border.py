"""Particles near a border: real micrographs are cut, and picks near the cut are compared with those of the whole."""

from collections import defaultdict
from itertools import pairwise

import numpy as np

from picking.science.benchmark import Dataset, read_dataset
from picking.science.evaluate import match
from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.nets import Networks, best_device, pick_with_maps, shipped_networks
from picking.science.picks import Picks, Points, combined_score
from picking.science.thresholds import DEFAULT_CONTAMINATION_THRESHOLD, DEFAULT_PARTICLE_THRESHOLD
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.tables import Cell, print_table

CUTS = (1 / 3, 1 / 2, 2 / 3)
"""Where each micrograph is cut, as a part of its width; what is left of the cut is picked."""
BANDS = (0, 0.125, 0.25, 0.375, 0.5, 0.75, 1, 2)
"""Distances from the cut, in particle diameters."""


def run() -> None:
    print(f"\nPicks of the networks that come with CryoWeb near a border, {len(CUTS)} cuts of each micrograph")
    if not REAL_DATA.is_dir():
        print(f"  left out: {REAL_DATA} is not here")
        return
    dataset = read_dataset(REAL_DATA)
    networks = shipped_networks([dataset.input(name) for name in dataset.pool], None, best_device())
    counts: defaultdict[str, np.ndarray] = defaultdict(lambda: np.zeros((4, len(BANDS) - 1)))
    for name in dataset.test:
        pixels, particles = dataset.pixels(name), dataset.particles[name]
        whole = _shown(networks, make_network_input(pixels, dataset.pixel_size, dataset.diameter))
        for part in CUTS:
            cut = int(part * pixels.shape[1])
            left = make_network_input(pixels[:, :cut].copy(), dataset.pixel_size, dataset.diameter)
            counts["cut"] += _counts(dataset, _shown(networks, left), particles, cut - 0.5)
            counts["whole"] += _counts(dataset, whole[whole[:, 0] < cut - 0.5], particles, cut - 0.5)
    rows: list[list[Cell]] = []
    for band, (near, far) in enumerate(pairwise(BANDS)):
        row: list[Cell] = [f"{near:g} to {far:g}"]
        for found, experts, right, picks in (counts[seen][:, band] for seen in ("whole", "cut")):
            row += [found / experts, right / picks, int(picks)]
        rows.append(row)
    columns = [f"{it}, {seen}" for seen in ("whole", "cut") for it in ("recall", "precision", "picks")]
    print_table(["diameters", *columns], rows)


def _shown(networks: Networks, image: NetworkInput) -> Picks:
    """The picks that the default thresholds show, up to the border."""
    picks, _ = pick_with_maps(networks, image, best_device(), to_border=True)
    over = (picks[:, 2] >= DEFAULT_PARTICLE_THRESHOLD) & (picks[:, 3] <= DEFAULT_CONTAMINATION_THRESHOLD)
    return picks[over]


def _counts(dataset: Dataset, picks: Picks, particles: Points, cut: float) -> np.ndarray:
    """(4, bands): particles left of the cut that were found, all of them, picks that are right, all of them.

    A pick near a particle whose centre is beyond the cut is right too.
    """
    places = picks[:, :2].astype(np.float64)
    inside = particles[particles[:, 0] < cut]
    found = match(inside, np.ones(len(inside)), places, dataset.diameter_px)
    right = match(places, combined_score(picks), particles, dataset.diameter_px)
    edges = cut - dataset.diameter_px * np.array(BANDS)

    def banded(points: Points) -> np.ndarray:
        return np.histogram(points[:, 0], edges[::-1])[0][::-1]

    return np.array([banded(inside[found]), banded(inside), banded(places[right]), banded(places)])
