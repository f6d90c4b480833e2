"""The shapes of the wire, exported: as OpenAPI for programs, as TypeScript for the page. docs/decisions/0041."""
