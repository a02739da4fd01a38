"""Pages from addresses: fetched politely, from public addresses only, once."""
