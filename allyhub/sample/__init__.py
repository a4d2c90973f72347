"""A year of a made-up community, so that a newcomer sees the hub alive. Only `manage.py sample_hub` loads it."""
