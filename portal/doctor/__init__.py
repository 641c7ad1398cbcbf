"""Looks at everything the site needs, one subject after another, and says what to do."""
