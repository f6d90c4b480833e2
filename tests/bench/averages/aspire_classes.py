"""Runs in .venv-peers: the nearest neighbours that ASPIRE finds of each crop, into an .npz file with the seconds.

`python aspire_classes.py CROPS.npy PIXEL_SIZE NEIGHBOURS OUT.npz`. ASPIRE: Zhao and Singer (2014), J. Struct. Biol.
186, 153, as
`RIRClass2D` with the numbers it comes with.
"""

import sys
import time

import numpy as np
from aspire.classification import RIRClass2D
from aspire.source import ArrayImageSource


def main(crops: str, pixel_size: str, neighbours: str, out: str) -> None:
    images = np.load(crops)
    begun = time.perf_counter()
    source = ArrayImageSource(images, pixel_size=float(pixel_size))
    classes, _, _ = RIRClass2D(source, n_nbor=int(neighbours), seed=0).classify()
    np.savez(out, classes=classes, seconds=time.perf_counter() - begun)


if __name__ == "__main__":
    main(*sys.argv[1:])
