"""A hub moves to another database with everything it knows. In a process of its own, because it needs two databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

from kit import environment

MOVE = """
import json, sys
import django
django.setup()
from django.core.management import CommandError, call_command
from events.models import Event, Registration
from people.models import Person
from tests import tables
from tests.factories import make_event, make_hub, register

tables.make()
make_hub()
event = make_event(join_address="https://meeting.example/j/1")
registration = register(event)
call_command("copy_to", sys.argv[1], verbosity=0)
try:
    call_command("copy_to", sys.argv[1], verbosity=0)
except CommandError as refusal:
    second_time = str(refusal)
print(json.dumps({
    "address": Event.objects.using("there").get(pk=event.pk).join_address,
    "same_registration": Registration.objects.using("there").get().pk == registration.pk,
    "same_people": Person.objects.using("there").count() == Person.objects.count(),
    "second_time": second_time,
}))
"""


def test_everything_is_there_with_the_same_numbers_still_sealed_and_only_once(tmp_path: Path):
    surroundings = {
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "allyhub.settings",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'here.sqlite3'}",
    }
    command = [sys.executable, "-c", MOVE, f"sqlite:///{tmp_path / 'there.sqlite3'}"]

    done = subprocess.run(
        command, cwd=environment.BASE_DIR, env=os.environ | surroundings, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "address": "https://meeting.example/j/1",
        "same_registration": True,
        "same_people": True,
        "second_time": "That database is not empty: it has rows of people.",
    }
