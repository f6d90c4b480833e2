"""How fast micrographs are picked from their files, one after another and overlapped, and what bounds it."""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import torch

from picking.science.benchmark import Dataset, draw_labels, read_dataset
from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.imaging.read import EXTENSIONS, read_micrograph
from picking.science.nets import Networks, at_once, best_device, overlapped, pick, train
from picking.science.nets.device import device_name
from picking.science.nets.picking.pick import on_device
from picking.science.nets.picking.score import image_tensor
from picking.science.simulate import Simulation
from tests.bench.networks.simulated_set import SimulatedSet
from tests.bench.tables import Cell, print_table

SIDE = 4096
SET = SimulatedSet(Simulation(SIDE, SIDE, 1.77, 180.0, particles=600, contrast=0.008), "MRC 2", 2, 2)
LABELS = 20
ROUNDS = 8
"""How often the four files are picked; after the first time they are in the page cache."""


def run() -> None:
    device = best_device()
    print(f"\nPicking float micrographs of {SIDE} × {SIDE} from files in the page cache, {device_name(device)}")
    with tempfile.TemporaryDirectory() as name:
        SET.write(Path(name))
        data = read_dataset(Path(name))
        inputs = {pool: data.input(pool) for pool in data.pool}
        started = time.perf_counter()
        networks = train(draw_labels(data, inputs, LABELS, 0), device=device)
        print(f"  both networks trained from {LABELS} labels of each kind in {time.perf_counter() - started:.1f} s")
        measure(data, networks, device)


def measure(data: Dataset, networks: Networks, device: torch.device) -> None:
    """Prints what each step takes alone and on one thread, and how near picking comes to what they allow."""
    files = [file for file in (data.folder / "micrographs").iterdir() if file.suffix in EXTENSIONS]
    threads, many = torch.get_num_threads(), at_once(device, SIDE**2)
    pixels = read_micrograph(files[0]).pixels
    image = make_network_input(pixels, data.pixel_size, data.diameter)
    torch.set_num_threads(1)
    seconds = {
        "read": timed(partial(read_micrograph, files[0])),
        "filter": timed(partial(make_network_input, pixels, data.pixel_size, data.diameter)),
        "networks": timed(partial(scored, networks, image, device)),
    }
    seconds["peaks"] = timed(partial(pick, networks, image, device)) - seconds["networks"]
    torch.set_num_threads(threads)
    print_table(["", *seconds], [["ms a micrograph", *(round(1000 * each) for each in seconds.values())]])
    whole = partial(picked, data, networks, device)
    rates = {"one after another": rate(whole, files, 1), f"{many} at once": rate(whole, files, many)}
    bound = fastest(seconds, device, many)
    rows: list[list[Cell]] = [[how, each, each / bound] for how, each in {**rates, "the bound": bound}.items()]
    print_table(["", "micrographs/s", "of the bound"], rows)


def fastest(seconds: dict[str, float], device: torch.device, many: int) -> float:
    """Micrographs a second if nothing ever waited: on the CPU its cores, else the card or the threads that feed it."""
    if device.type == "cpu":
        return min(many, os.cpu_count() or 1) / sum(seconds.values())
    host = sum(seconds.values()) - seconds["networks"]
    return min(many / host, 1 / seconds["networks"])


def scored(networks: Networks, image: NetworkInput, device: torch.device) -> None:
    """Both maps and the tops, from the host and back to it."""
    for answer in on_device(networks, image_tensor(image, device)):
        answer.cpu()


def picked(data: Dataset, networks: Networks, device: torch.device, file: Path) -> int:
    """From the file to picks; returns their number."""
    image = make_network_input(read_micrograph(file).pixels, data.pixel_size, data.diameter)
    return len(pick(networks, image, device))


def rate(work: Callable[[Path], int], files: list[Path], many: int) -> float:
    """Micrographs a second."""
    started = time.perf_counter()
    assert all(answer.result() for _, answer in overlapped(work, files * ROUNDS, many))
    return ROUNDS * len(files) / (time.perf_counter() - started)


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median of its seconds, after once unmeasured."""
    work()
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return median(seconds)
