"""Who may do what: people, their roles, and how they log in."""
