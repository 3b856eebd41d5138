"""What people touch: the command line, the web pages and the papers that both export."""

PRODUCT = "Scrutiny Desk"
