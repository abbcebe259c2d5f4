"""How fast notebooks run with this engine, compared with others."""
