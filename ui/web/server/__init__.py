"""What Streamlit runs: the application and how it is started."""
