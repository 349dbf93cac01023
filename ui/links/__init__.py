"""Links to issues as they are served: without Streamlit, without scripts, and at once."""
