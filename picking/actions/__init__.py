"""The only writers. One state change is one function: check, write, append its event, all in one transaction."""
