"""Make wide.safetensors: the second part of `make pretrain` (about six minutes on two cores with AMX)."""

import sys

import torch

from picking.science.nets.model.file import save_nets
from picking.science.nets.model.particle import WIDE
from picking.science.nets.pretraining.course import Course, trained
from picking.science.nets.pretraining.examples import TOGETHER, examples

GROUPS = 50


def main() -> None:
    """Simulate, train and write."""
    sys.stdout.write(f"simulating {GROUPS * TOGETHER} micrographs\n")
    every = list(examples(GROUPS))
    torch.set_num_threads(2)
    save_nets(WIDE, {"wide": trained(Course(), every)})


if __name__ == "__main__":
    main()
