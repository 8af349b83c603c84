"""The roster import: files are parsed, read against each other, planned against what is stored, and applied."""
