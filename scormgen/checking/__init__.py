"""What `scormgen check` reports and fixes beyond what a build does."""
