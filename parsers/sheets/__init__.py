"""Sheets: rows of cells, out of workbooks and delimited text. What the cells mean is the formats' affair."""
