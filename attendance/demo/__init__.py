"""The demo district: files as it would send them, and the marks of its first eleven weeks."""
