"""Everything an installation holds, written into two files, and brought back from them.

The database is one file and the keys of its cases another: what a key protected cannot be read
from the first alone. Neither holds the master key.
"""
