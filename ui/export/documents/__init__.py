"""One neutral paper for each kind of thing: answer, checks, conversation, pack."""
