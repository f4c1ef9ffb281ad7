"""Reminders of what is due: found anew from the records each day, told once a step. docs/mail.md says how."""
