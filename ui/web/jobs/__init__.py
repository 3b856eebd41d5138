"""What runs beside the page: reading files, making packs, answering with a model."""
