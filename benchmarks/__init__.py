"""How fast notebooks run, this engine beside the others."""
