"""The address of a site as somebody gives it."""

from typing import Annotated

from pydantic import AfterValidator, TypeAdapter

from generation.contracts.fields import Line
from generation.contracts.rules import check_web_address

WEB_ADDRESS = TypeAdapter(Annotated[Line, AfterValidator(check_web_address)])
