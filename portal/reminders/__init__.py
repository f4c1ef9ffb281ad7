"""Reminders of what is due: found in the records each day, and sent once per step. docs/mail.md explains how."""
