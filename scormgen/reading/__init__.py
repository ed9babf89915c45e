"""From a folder to a Course: YAML, Markdown blocks, snippets, pages, assessments, the lock."""
