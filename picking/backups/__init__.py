"""Backups of a whole installation: made while it runs, brought back where there is none (docs/backup.md)."""
