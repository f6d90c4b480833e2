"""Background work: claim, renew, run, end. The work of each kind is one file."""
