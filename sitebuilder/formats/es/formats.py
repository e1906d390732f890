"""Times in Spanish."""

DATETIME_FORMAT = "d/m/Y H:i:s"
