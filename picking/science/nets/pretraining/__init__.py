"""How wide.safetensors was made: a particle network that has seen every kind of micrograph that can be simulated."""
