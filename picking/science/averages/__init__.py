"""Two-dimensional class averages of picks, without references (docs/method.md, 26)."""

from picking.science.nets import device  # first: it says how idle threads wait, before torch is loaded

__all__ = ["device"]
