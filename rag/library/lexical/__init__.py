"""Search by words: exact in a small library, through an index that proposes in a large one."""
