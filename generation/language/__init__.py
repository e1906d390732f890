"""How the three languages write things: hours, lists, names, numbers to call, addresses, and the site's own words."""
