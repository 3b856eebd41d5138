"""The command line and the web pages: thin screens over the desk."""
