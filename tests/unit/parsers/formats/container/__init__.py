"""Archives and folders of several deliveries."""
