"""Times in Brazilian Portuguese."""

DATETIME_FORMAT = "d/m/Y H:i:s"
