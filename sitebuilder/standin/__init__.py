"""A stand-in of Stripe over real HTTP, for demonstrations and tests: sessions, a page to pay at, signed events.

It knows no more of Stripe than this project uses, is as strict as Stripe where that matters here (idempotency keys,
expiry, amounts), and keeps everything in its own memory.
"""
