"""Exports, extraction and conversions."""
