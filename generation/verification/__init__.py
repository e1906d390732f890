"""Whether a rendered site holds: checks that read the finished files, and know nothing of how they were made."""
