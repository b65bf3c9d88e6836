"""The release by the application itself, where no timer has run it: after an answer, never before.

Whoever asks for a page or sends ratings waits for nothing; the release goes on in a thread of its
own. A failure is logged and never reaches a tablet or a page; it is tried again a little later.
"""

import threading
from datetime import datetime, timedelta

from flask import Flask, Response

from kiosk.config import Settings
from kiosk.db import writing_session
from kiosk.domain.calendar import HANOI
from kiosk.domain.release import run_release
from kiosk.web import clock, current

PAUSE = timedelta(minutes=10)


def init_app(app: Flask, settings: Settings) -> None:
    """Let the application look after each answer whether today's release is due."""
    if settings.auto_release and settings.room_keys is not None:
        Daily(app, settings)


class Daily:
    """Remembers when it last looked, so that an answer costs a comparison of two instants."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._lock = threading.Lock()
        self._next_look: datetime | None = None
        app.after_request(self._watch)

    def _watch(self, response: Response) -> Response:
        now = clock.now()
        if self._next_look is None or now >= self._next_look:
            response.call_on_close(lambda: self.start(now))
        return response

    def start(self, now: datetime) -> threading.Thread | None:
        """Begin a release in the background, unless it is too early or one is going on."""
        if now.astimezone(HANOI).time() < self._settings.release_at:
            return None
        if not self._lock.acquire(blocking=False):
            return None
        self._next_look = now + PAUSE
        thread = threading.Thread(
            target=self._run, args=(now,), name="release", daemon=True
        )
        thread.start()
        return thread

    def _run(self, now: datetime) -> None:
        try:
            with self._app.app_context():
                run_release(
                    writing_session,
                    ring=current.key_ring(),
                    k=self._settings.k,
                    now=now,
                    landmark=current.landmark(),
                )
        except Exception:  # the thread's last frame
            self._app.logger.exception("the daily release failed")
        finally:
            self._lock.release()
