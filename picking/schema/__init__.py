"""The shapes of the wire, told to others: as OpenAPI to programs, as TypeScript to the page. docs/decisions/0041."""
