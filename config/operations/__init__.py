"""What the site's operators see of it: a page in the panel, and metrics for Prometheus."""
