"""What was sold: customers, orders, onboardings, and the moves of an order from payment to delivery."""
