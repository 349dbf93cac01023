"""The least that Streamlit does: one slider and its value."""

import streamlit as st

if __name__ == "__main__":
    st.title("Trivial")
    value = st.slider("value", 0, 1000, 500)
    st.markdown(f"value {value}")
