"""How often what was asked for was still in memory: the caches count that themselves."""

from collections.abc import Iterator
from typing import Any

from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from picking.tiles.crops import render_sheet
from picking.tiles.render import render_spectrum, render_tile

CACHES: dict[str, Any] = {"tiles": render_tile, "crops": render_sheet, "spectra": render_spectrum}


class TileCaches(Collector):
    """Of this process."""

    def collect(self) -> Iterator[Metric]:
        family = CounterMetricFamily(
            "cryoweb_tile_cache", "Pictures that were found in memory, and that were made.", labels=["cache", "result"]
        )
        for name, cache in CACHES.items():
            info = cache.cache_info()
            family.add_metric([name, "hit"], info.hits)
            family.add_metric([name, "miss"], info.misses)
        yield family
