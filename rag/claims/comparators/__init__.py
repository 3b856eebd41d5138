"""How a claim and a sentence agree or differ, one respect a module."""
