"""What works on this server: for probes (/readyz, /health) and for `manage.py doctor`."""
