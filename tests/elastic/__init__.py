"""A real Elasticsearch server for the tests: fetched, checked, started and stopped by the tests themselves."""
