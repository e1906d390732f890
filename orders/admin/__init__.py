"""The admin pages of what was sold. What moves an order are the services; no page writes a state."""

from . import api_keys, mails, onboardings, shop, site_orders

__all__ = ["api_keys", "mails", "onboardings", "shop", "site_orders"]
