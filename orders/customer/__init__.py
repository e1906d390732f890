"""The customer's pages of an order, behind the secret of their link."""
