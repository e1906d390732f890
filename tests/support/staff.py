"""People of the back office, logged in."""

from django.contrib.auth.models import Permission, User
from django.test import Client


def staff(*permissions: str, is_staff: bool = True, is_superuser: bool = False) -> Client:
    """A browser in which somebody with these permissions (``app.codename``) is logged in; their name is Ana Lima."""
    name = "-".join(permissions)[:150] or ("root" if is_superuser else "nobody")
    user = User.objects.create_user(
        name, is_staff=is_staff, is_superuser=is_superuser, first_name="Ana", last_name="Lima"
    )
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(user)
    return client
