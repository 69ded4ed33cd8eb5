"""adb backups."""
