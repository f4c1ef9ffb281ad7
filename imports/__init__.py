"""What a cluster keeps elsewhere, in: workbooks and CSV files are read, shown line by line, then entered. docs/imports.md.

A line is judged by the very form of the panel. `kinds/` has a module for each sort of record, with its columns, which the
import, the templates and the export share.
"""
