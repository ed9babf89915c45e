"""SCORM 1.2: the manifest."""
