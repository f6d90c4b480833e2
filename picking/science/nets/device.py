"""Where the networks run."""

import os
import threading
from contextlib import AbstractContextManager, nullcontext

# Read once, when torch loads OpenMP: idle threads sleep instead of spinning. With two processes on two cores that made
# a training three times as fast (docs/method.md).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch

DEFAULT_THREADS = 2
_IN_USE = threading.Lock()


def best_device() -> torch.device:
    """CUDA, then Apple's MPS, then the CPU. On the CPU, set the number of threads.

    CRYOWEB_TORCH_THREADS changes that number. Two processes with more threads than cores slow each other down.
    """
    if torch.cuda.is_available():
        torch.backends.cudnn.deterministic = True  # the same labels and seed give the same networks
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    wanted = int(os.environ.get("CRYOWEB_TORCH_THREADS", DEFAULT_THREADS))
    torch.set_num_threads(max(1, min(wanted, os.cpu_count() or 1)))
    return torch.device("cpu")


def in_turn(device: torch.device) -> AbstractContextManager[object]:
    """Work on a graphics card in here, one thread after another; on the CPU threads do not wait.

    Two threads that use MPS at once end the process (PyTorch's issue 197805).
    """
    return nullcontext() if device.type == "cpu" else _IN_USE


def device_name(device: torch.device) -> str:
    """What the benchmark prints: `cpu`, `mps`, or `cuda` with the name of the card."""
    if device.type == "cuda":
        return f"cuda {torch.cuda.get_device_name(device)}"
    return device.type
