"""Webhooks: programs of others are told what happens to orders, in the form that Standard Webhooks describes."""
