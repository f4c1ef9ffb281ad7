"""What whoever runs the site sees of it: a page of the panel, and measures for Prometheus."""
