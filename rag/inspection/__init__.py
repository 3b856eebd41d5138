"""Inspectorates as data: frameworks, areas, grades, recommendations, what reports print."""
