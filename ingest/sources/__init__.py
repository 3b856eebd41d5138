"""Where documents come from: files, uploads, web addresses, and what a manifest says of them."""
