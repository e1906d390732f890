"""Moves the clock of every Python process that has this folder on its PYTHONPATH, by CLOCK_DAYS."""

import datetime
import os

import time_machine

_now = datetime.datetime.now(datetime.UTC)
time_machine.travel(_now + datetime.timedelta(days=int(os.environ["CLOCK_DAYS"])), tick=True).start()
