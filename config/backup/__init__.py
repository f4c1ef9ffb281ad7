"""Backups: every record and every file of one moment, in one archive that either database restores (docs/backup.md)."""
