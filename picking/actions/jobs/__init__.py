"""Work of the background workers: jobs, and what each kind is asked for and leaves behind."""
