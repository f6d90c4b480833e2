"""The HTTP API: parse, ask permission, call an action or a query, answer. One resource a file."""
