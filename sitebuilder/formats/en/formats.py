"""Times in English: in the order of ISO 8601, which no reader takes for another day."""

DATETIME_FORMAT = "Y-m-d H:i:s"
