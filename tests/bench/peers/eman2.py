"""EMAN2's two networks (Chen et al. 2019) by its own numbers, in the harness of ours: `make bench PARTS=eman2`.

A box of 1.5 particle diameters is 64 pixels. Repaired are three plain faults of the original: its second network was
trained with a dense head that was dropped on saving, and here gives the same map in training and in use; its crops
were filtered one by one, and here are cut from the filtered micrograph; its boxes were checked against the image in
x alone, and here the image goes on as its mirror beyond every border.
"""

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import fft, ndimage
from torch import Tensor, nn

from picking.science.benchmark import Dataset, Figures, draw_labels, read_dataset, score_picks
from picking.science.imaging.micrograph import Pixels
from picking.science.nets import TrainingSet, best_device
from picking.science.nets.picking.peaks import peaks, suppress
from picking.science.picks import Picks, Points, as_picks
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.tables import print_table

BOX = 64
BOX_DIAMETERS = 1.5
HIGH_PASS, LOW_PASS = 1 / 200, 1 / 20  # cycles per Å
CLAMP = 4.0
COPIES = 500  # of a class, at least
BATCH, EPOCHS = 32, 40
SPREAD = 5.0  # sigma of the target, in cells
RATES = (1e-4, 2e-5)  # of the first and the second network
FLOOR = 0.2  # standard deviations above the mean of the map


class FourierConv2d(nn.Conv2d):
    """A convolution with a margin of zeros. Training goes through Fourier transforms: the same numbers, sooner.

    On whole micrographs they would take longer.
    """

    def forward(self, pixels: Tensor) -> Tensor:
        if not self.training:
            return super().forward(pixels)
        ny, nx = pixels.shape[-2:]
        half = self.kernel_size[0] // 2
        shape = [fft.next_fast_len(n + half, real=True) for n in (ny, nx)]
        filters = torch.fft.rfft2(self.weight, s=shape).conj()
        product = torch.einsum("ncyx,ocyx->noyx", torch.fft.rfft2(pixels, s=shape), filters)
        seen: Tensor = torch.fft.irfft2(product, s=shape).roll((half, half), (-2, -1))[..., :ny, :nx]
        return seen if self.bias is None else seen + self.bias[:, None, None]


class Eman2Net(nn.Sequential):
    """Pixels (n, 1, ny, nx) to a map (n, 1, ny / 2, nx / 2)."""

    def __init__(self) -> None:
        super().__init__(
            FourierConv2d(1, 20, 15, padding="same"),
            nn.ReLU(),
            nn.MaxPool2d(2),
            FourierConv2d(20, 20, 15, padding="same"),
            nn.ReLU(),
            FourierConv2d(20, 1, 15, padding="same"),
        )


def make_image(pixels: Pixels, pixel_size: float, diameter: float) -> Pixels:
    """The micrograph at 64 pixels a box, band-passed, mean 0, standard deviation 1, within ±4."""
    shrink = BOX / (BOX_DIAMETERS * diameter / pixel_size)
    ny, nx = (2 * round(n * shrink / 2) for n in pixels.shape)
    spectrum = fft.rfft2(pixels)
    rows = np.r_[: ny // 2, -ny // 2 : 0]
    kept = np.zeros((ny, nx // 2 + 1), spectrum.dtype)
    columns = min(kept.shape[1], spectrum.shape[1])
    inside = np.abs(rows) < len(pixels) / 2
    kept[inside, :columns] = spectrum[rows[inside], :columns]
    step = pixel_size * np.array(pixels.shape) / (ny, nx)
    frequency = np.hypot(fft.fftfreq(ny, step[0])[:, None], fft.rfftfreq(nx, step[1]))
    kept *= np.exp(-0.5 * (frequency / LOW_PASS) ** 2) * (1 - np.exp(-0.5 * (frequency / HIGH_PASS) ** 2))
    image = fft.irfft2(kept, s=(ny, nx))
    return np.asarray(np.clip((image - image.mean()) / image.std(), -CLAMP, CLAMP), np.float32)


def turned_copies(
    images: Mapping[str, Pixels], places: Mapping[str, Points], scale: float, random: np.random.Generator
) -> NDArray[np.float32]:
    """At least COPIES boxes (n, 64, 64), equally many of each place, each turned by a random angle."""
    line = np.arange(BOX) - (BOX - 1) / 2
    each = -(-COPIES // sum(map(len, places.values())))
    copies = []
    for name, points in places.items():
        for x, y in np.repeat((points + 0.5) / scale - 0.5, each, axis=0):
            angle = random.uniform(0, 2 * np.pi)
            across, down = np.cos(angle) * line, np.sin(angle) * line
            rows, columns = y + down[None] + across[:, None], x + across[None] - down[:, None]
            copies.append(ndimage.map_coordinates(images[name], (rows, columns), order=1, mode="reflect"))
    return np.array(copies, np.float32)


def train_network(
    positives: NDArray[np.float32],
    others: NDArray[np.float32],
    height: float,
    rate: float,
    epochs: int,
    device: torch.device,
    seed: int,
) -> Eman2Net:
    """Learn a Gaussian of `height` in the middle of the positives' maps and zero for the others."""
    torch.manual_seed(seed)
    net = Eman2Net().to(device)
    adam = torch.optim.Adam(net.parameters(), lr=rate)
    line = torch.arange(BOX // 2) - (BOX // 2 - 1) / 2
    target = height * torch.exp(-0.5 * (line[:, None] ** 2 + line**2) / SPREAD**2)
    pixels = torch.from_numpy(np.concatenate([positives, others]))[:, None].to(device)
    targets = torch.zeros(len(pixels), 1, BOX // 2, BOX // 2, device=device)
    targets[: len(positives)] = target.to(device)
    for _ in range(epochs):
        for chosen in torch.randperm(len(pixels)).to(device).split(BATCH):
            loss = (net(pixels[chosen]) - targets[chosen]).square().mean().log()
            adam.zero_grad()
            loss.backward()
            adam.step()
    return net.eval()


def train_networks(
    images: Mapping[str, Pixels], labels: TrainingSet, scale: float, epochs: int, device: torch.device, seed: int
) -> tuple[Eman2Net, Eman2Net]:
    """Particles (1) from background (0), and contamination (-1) from particles (0)."""
    random = np.random.default_rng(seed)
    particles, background, contamination = (
        turned_copies(images, places, scale, random)
        for places in (labels.particles, labels.background, labels.contamination)
    )
    first = train_network(particles, background, 1.0, RATES[0], epochs, device, seed)
    return first, train_network(contamination, particles, -1.0, RATES[1], epochs, device, seed + 1)


@torch.inference_mode()
def pick(networks: tuple[Eman2Net, Eman2Net], image: Pixels, scale: float, device: torch.device) -> Picks:
    """Peaks of the first map, half a box apart; scores as the networks give them, the second one's turned to [0, 1]."""
    first, second = (_map(net, image, device) for net in networks)
    cells, places, ranks = peaks(first)
    dirt = -second.clamp(-1, 0)[cells[:, 0], cells[:, 1]]
    table = torch.column_stack([(2 * places + 1) * scale - 0.5, ranks, dirt]).numpy()
    table = table[table[:, 2] >= float(first.mean() + FLOOR * first.std())]
    return as_picks(table[suppress(table[:, :2], BOX / 2 * scale)])


def _map(net: Eman2Net, image: Pixels, device: torch.device) -> Tensor:
    found: Tensor = net(torch.from_numpy(image)[None, None].to(device))[0, 0].cpu()
    return found


def run_seed(data: Dataset, labels: int, seed: int, epochs: int) -> dict[str, Figures]:
    """The figures of one seed for the first network alone and for both."""
    device, scale = best_device(), BOX_DIAMETERS * data.diameter_px / BOX
    examples = draw_labels(data, {name: data.input(name) for name in data.pool}, labels, seed)
    images = {name: make_image(data.pixels(name), data.pixel_size, data.diameter) for name in data.pool}
    started = time.perf_counter()
    networks = train_networks(images, examples, scale, epochs, device, seed)
    trained = time.perf_counter()
    both = {
        name: pick(networks, make_image(data.pixels(name), data.pixel_size, data.diameter), scale, device)
        for name in data.test
    }
    ended = time.perf_counter()
    alone = {name: found * np.array([1, 1, 1, 0], np.float32) for name, found in both.items()}
    seconds = {"train_seconds": trained - started, "seconds_per_micrograph": (ended - trained) / len(data.test)}
    return {
        "first network alone": score_picks(data, alone) | seconds,
        "both networks": score_picks(data, both) | seconds,
    }


def seconds_per_step(device: torch.device) -> float:
    """Of one training step, the median of five."""
    random, times = np.random.default_rng(0), []
    boxes = random.normal(size=(BATCH // 2, BOX, BOX)).astype(np.float32)
    for _ in range(5):
        begun = time.perf_counter()
        train_network(boxes, boxes, 1.0, RATES[0], 1, device, 0)
        times.append(time.perf_counter() - begun)
    return float(np.median(times))


def run(folder: Path = REAL_DATA, labels: int = 20, seeds: int = 1, epochs: int = EPOCHS) -> None:
    print(f"\nEMAN2's two networks, {labels} labels of each kind")
    if not folder.is_dir():
        print(f"  left out: {folder} is not here")
        return
    step = seconds_per_step(best_device())
    steps = 2 * epochs * -(-2 * COPIES // BATCH)
    print(f"  {step:.2f} s per step; about {steps * step / 60:.0f} minutes to train both")
    if epochs < EPOCHS:
        print(f"  ONLY {epochs} OF {EPOCHS} EPOCHS: not the figures of a full training")
    data = read_dataset(folder)
    for seed in range(seeds):
        figures = run_seed(data, labels, seed, epochs)
        print_table(
            [f"seed {seed}", "AP", "best F1", "precision", "recall", "on contamination", "s to train", "s/micrograph"],
            [
                [name, f["AP"], f["best_F1"], f["precision"], f["recall"], int(f["picks_on_contamination"]),
                 round(f["train_seconds"]), f["seconds_per_micrograph"]]
                for name, f in figures.items()
            ],
        )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="EMAN2's networks by the few-label protocol.")
    parser.add_argument("dataset", type=Path, nargs="?", default=REAL_DATA)
    parser.add_argument("--labels", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    run(options.dataset, options.labels, options.seeds, options.epochs)
