"""How the back office writes times: short, and to the second, because logs are read by them."""
