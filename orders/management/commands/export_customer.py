"""``manage.py export_customer``: all that is held of a customer, in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from orders import personal_data


class Command(BaseCommand):
    """Exit code 0: the file is there; 1, with a reason: nothing was written."""

    help = "Write all that is held of a customer, with pictures and sites, into a zip that its owner alone can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("customer", metavar="EMAIL|ID")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip", help="a file that is not there yet")

    def handle(self, *_arguments: Any, customer: str, out: Path, **_options: Any) -> None:
        try:
            found = personal_data.find(customer)
            with out.open("xb") as file:
                out.chmod(0o600)
                try:
                    personal_data.export_customer(customer=found, by="manage.py", out=file)
                except BaseException:
                    out.unlink()
                    raise
        except personal_data.NoSuchCustomer as error:
            raise CommandError(str(error)) from None
        except FileExistsError:
            raise CommandError(_("%(file)s is there already. Name another file.") % {"file": out}) from None
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s") % {"file": out, "why": error.strerror}
            ) from None
        self.stdout.write(_("Everything about customer %(id)s is in %(file)s") % {"id": found.pk, "file": out})
