"""What one visitor has open, and the services that all visitors share."""
