"""Processes that are killed, engines that are stopped, disks that are full."""
