"""Dated events, the date of the event apart from that of its source."""
