"""What a document says of itself: title, publisher, kind, dates, councils."""
