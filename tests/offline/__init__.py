"""No test speaks to a network: what refuses it in this process, in Python's children, and in native code."""
