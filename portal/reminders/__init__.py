"""Reminders of what is due: found from the records each day, and sent once per step. docs/mail.md says how."""
