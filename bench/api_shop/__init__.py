"""A shop with many orders, and the rival that serves the same from a bare view."""
