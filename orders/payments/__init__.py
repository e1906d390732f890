"""Money by Stripe: checkouts that customers pay at, and the events in which Stripe tells what came of them."""
