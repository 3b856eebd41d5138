"""How a claim and a sentence compare, one respect a module; all pure over frozen values."""
