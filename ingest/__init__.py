"""The service: custody, journal, segments, worker, command line. The only package that knows everybody."""
