"""Import a cluster's existing records: workbooks and CSV files are read, shown line by line, then entered. docs/imports.md.

The panel's own form validates each line. `kinds/` has a module for each kind of record, with its columns, which the
import, the templates and the export share.
"""
