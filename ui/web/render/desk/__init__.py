"""What the desk says of itself, and what its officers and administrators look at."""
