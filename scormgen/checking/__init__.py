"""The rules and fixes of `scormgen check`, which go beyond what a build reports."""
