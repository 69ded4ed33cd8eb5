"""The linkage report: ``build`` makes the data, ``render_html`` the page. Import names from the modules."""
