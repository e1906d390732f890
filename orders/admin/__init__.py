"""The admin pages of what was sold. What moves an order are the services; no page writes a state."""

from . import mails, onboardings, shop, site_orders

__all__ = ["mails", "onboardings", "shop", "site_orders"]
