"""What a web server runs: `allyhub.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from kit import environment

environment.read_file(environment.BASE_DIR / ".env")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allyhub.settings")

application = get_wsgi_application()
