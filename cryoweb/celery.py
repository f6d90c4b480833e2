"""The Celery application: it carries job ids to the workers, and nothing more."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryoweb.settings")

from cryoweb import environment

# Celery warns about root because of pickled messages; ours are JSON with a single number.
warnings.filterwarnings("ignore", category=SecurityWarning)
app = Celery("cryoweb")
app.conf.update(
    imports=["picking.jobs.tasks", "picking.jobs.sweeper", "picking.jobs.alive"],
    task_ignore_result=True,
    task_default_queue="pick",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
)
if environment.BROKER_URL:
    app.conf.update(broker_url=environment.BROKER_URL)
else:
    messages = environment.DATA / "broker"
    with environment.data_folder():
        (messages / "control").mkdir(parents=True, exist_ok=True)
    app.conf.update(
        broker_url="filesystem://localhost/",
        broker_transport_options={
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(messages / "control"),
            "polling_interval": 0.2,
        },
    )
