"""Reminders of what is due: found anew from the records each day, told once a step. docs/reminders.md says how."""
