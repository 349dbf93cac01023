"""What leaves the app: one document in words, made from a snapshot alone, and its renderers.

Nothing here fits, reads the store or the clock, or needs Streamlit or statsmodels: a link
opens from stored numbers.
"""
