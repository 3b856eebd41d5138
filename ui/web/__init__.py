"""The Streamlit front end: one file a page, state in one place, rendering pure."""
