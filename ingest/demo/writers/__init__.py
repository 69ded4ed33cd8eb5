"""One writer of vendor files a format: each renders ``ingest.demo.truth`` as that vendor's tool would."""
