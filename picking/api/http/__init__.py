"""How every request of the API is read and answered: who asks, pages, filters, conditions, keys, limits, errors."""
