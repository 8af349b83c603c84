"""The languages that families read, and the catalogs that hold them."""
