"""The names of the steps, which are stable: rows and settings hold them."""

NAMES = ("brief", "plan", "write", "check", "render", "verify", "package")
