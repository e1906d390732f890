"""The rows of what was sold."""

from .access import ApiKey, AuditEntry, KeptAnswer, Scope
from .catalogue import AddOn, Agency, Customer, Product
from .mail import Mail, MailEvent, Recipient
from .onboarding import Onboarding, OpeningHours, Photo, Service, TeamMember, Testimonial
from .order import IN_WORK, OPEN, OrderEvent, OrderNumber, SiteOrder, SoldAddOn, Status
from .payments import Checkout, CheckoutState, EventOutcome, Payment, StripeEvent
from .webhooks import WebhookCall, WebhookDelivery, WebhookEndpoint

__all__ = [
    "IN_WORK",
    "OPEN",
    "AddOn",
    "Agency",
    "ApiKey",
    "AuditEntry",
    "Checkout",
    "CheckoutState",
    "Customer",
    "EventOutcome",
    "KeptAnswer",
    "Mail",
    "MailEvent",
    "Onboarding",
    "OpeningHours",
    "OrderEvent",
    "OrderNumber",
    "Payment",
    "Photo",
    "Product",
    "Recipient",
    "Scope",
    "Service",
    "SiteOrder",
    "SoldAddOn",
    "Status",
    "StripeEvent",
    "TeamMember",
    "Testimonial",
    "WebhookCall",
    "WebhookDelivery",
    "WebhookEndpoint",
]
