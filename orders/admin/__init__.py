"""The admin pages of what was sold. What moves an order are the services; no page writes a state."""

from . import api_keys, customers, mails, onboardings, payments, shop, site_orders, webhooks

__all__ = ["api_keys", "customers", "mails", "onboardings", "payments", "shop", "site_orders", "webhooks"]
