"""The demonstration case, and the writers of vendor files that it and the tests use. Imports no test."""
