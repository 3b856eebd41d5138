"""The Streamlit front end: thin pages over services; rendering is pure."""
