"""Who labels which micrograph: the queue, double labelling, blind micrographs."""
