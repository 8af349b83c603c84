"""The demo school: files as a district would send them, and the marks of its first eleven weeks."""
