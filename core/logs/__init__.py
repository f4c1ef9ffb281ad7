"""What the site tells of its own work: a JSON object a line, of keys that are allowed and no others. docs/deploy.md."""
