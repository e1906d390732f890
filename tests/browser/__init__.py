"""The shop in Chromium, against real processes."""
