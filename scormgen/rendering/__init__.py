"""From a Course to HTML: Markdown, links, media, terms, templates, themes, the player's words."""
