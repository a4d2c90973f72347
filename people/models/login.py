"""Where somebody is logged in, so that they can see it and end it."""

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.person import Person


class LoginQuerySet(models.QuerySet["Login"]):
    def open(self) -> "LoginQuerySet":
        """Those whose time is not over."""
        return self.filter(session__expire_date__gt=timezone.now())


class Login(models.Model):
    """A browser in which somebody is logged in. It ends with the session, and its row goes with it. No network address
    is kept, and of the browser only its name: days and names are enough to know one's own devices again."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="logins")
    # Names of kit.browsers; empty for one that it does not know.
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    first_on = models.DateField(default=timezone.localdate)
    last_on = models.DateField(default=timezone.localdate)

    objects = LoginQuerySet.as_manager()

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        ordering = ["-last_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.first_on}"
