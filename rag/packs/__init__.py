"""What a councillor takes into the room: a council in, a committee pack out, every line cited."""
