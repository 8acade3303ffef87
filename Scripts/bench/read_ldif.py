"""The reference for the speed of reading LDIF: the parser of python-ldap (module ldif), whose entries are thrown away.

    python3 read_ldif.py FILE

Prints the number of entries and the processor time of the loop.
"""

import sys
import time

import ldif


class Entries(ldif.LDIFParser):
    """Counts entries, as the class itself does."""

    def handle(self, dn, entry):
        pass


with open(sys.argv[1], "rb") as file:
    begun = time.process_time()
    entries = Entries(file)
    entries.parse()
    seconds = time.process_time() - begun
    print(f"{entries.records_read} entries")
    print(f"{seconds * 1000:.0f} ms of processor time")
