"""``manage.py erase_customer``: takes away a customer's personal data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from generation.services import StillInWork
from orders import personal_data


class Command(BaseCommand):
    """Exit code 0: the data are gone; 1, with a reason: nothing has changed."""

    help = "Take away all that tells of a customer; sums, numbers and dates stay. There is no way back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("customer", metavar="EMAIL|ID")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_arguments: Any, customer: str, yes: bool, **_options: Any) -> None:
        try:
            found = personal_data.find(customer)
            about = {"name": found.name, "id": found.pk, "orders": found.orders.count()}
            question = _("Erase all data of “%(name)s” (customer %(id)s, %(orders)s orders) for ever? Type “yes”: ")
            if not yes and input(question % about) != "yes":
                raise CommandError(_("Nothing has changed."))
            taken = personal_data.erase_customer(customer_id=found.pk, by="manage.py")
        except (personal_data.NoSuchCustomer, StillInWork) as error:
            raise CommandError(str(error)) from None
        except EOFError:
            raise CommandError(_("Nobody answered; give --yes.")) from None
        counts = ", ".join(f"{name} {count}" for name, count in taken.items())
        about = {"id": found.pk, "counts": counts}
        self.stdout.write(_("The personal data of customer %(id)s are gone: %(counts)s") % about)
