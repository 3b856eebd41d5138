"""What a councillor takes into the room, made from the documents, every line cited."""
