"""wagtail-lms, an LMS server from PyPI, on loopback with a project and a database of its own."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SETTINGS = """
from pathlib import Path
BASE = Path(__file__).parent
SECRET_KEY = "only for the tests"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
    "wagtail_lms", "wagtail.contrib.forms", "wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents",
    "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit", "django_filters",
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [BASE / "templates"], "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE / "lms.sqlite3", "CONN_MAX_AGE": None, "OPTIONS": {
    "timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
}}}
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
STATIC_URL = "/static/"
MEDIA_ROOT = BASE / "media"
MEDIA_URL = "/media/"
WAGTAIL_SITE_NAME = "LMS"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAIL_LMS_AUTO_ENROLL = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/admin/login/"
USE_TZ = True
"""
URLS = """
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
urlpatterns = [path("admin/", include(admin_urls)), path("lms/", include("wagtail_lms.urls")), path("", include(wagtail_urls))]
"""
# An administrator, a learner, and a course page under the site's home.
PEOPLE = """
from django.contrib.auth.models import User
from wagtail.models import Page
from wagtail_lms.models import CoursePage
User.objects.create_superuser("admin", "", "admin")
User.objects.create_user("learner", "", "learner")
Page.objects.get(depth=2).add_child(instance=CoursePage(title="Course", slug="course"))
"""
LESSON = """
from wagtail_lms.models import CoursePage, SCORMLessonPage, SCORMPackage
lesson = SCORMLessonPage(title="Lesson", slug="lesson-{id}", scorm_package=SCORMPackage.objects.get(id={id}))
CoursePage.objects.get().add_child(instance=lesson)
print("lesson", lesson.id)
"""
BASE_PAGE = "<!doctype html><html lang='en'><head><title>{% block title %}{% endblock %}</title></head><body>{% block content %}{% endblock %}</body></html>"


@dataclass(frozen=True, slots=True)
class Wagtail:
    """The running server and its folder."""

    folder: Path
    origin: str

    def shell(self, code: str) -> str:
        """Runs code inside the server's project."""
        done = subprocess.run(
            [sys.executable, "-m", "django", "shell", "--no-imports", "-c", code],
            cwd=self.folder, env=_environment(self.folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_lesson(self, package: int) -> int:
        """Puts a lesson with an uploaded package under the course; returns the lesson's id."""
        found = re.search(r"lesson (\d+)", self.shell(LESSON.format(id=package)))
        assert found
        return int(found[1])

    def launch(self, package: int, href: str) -> None:
        """Has the LMS launch another resource of an uploaded package than its first."""
        self.shell(
            f"from wagtail_lms.models import SCORMPackage as P; P.objects.filter(id={package}).update(launch_url='{href}')"
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the server's own database holds."""
        with closing(sqlite3.connect(f"file:{self.folder / 'lms.sqlite3'}?mode=ro", uri=True)) as database:
            return list(database.execute(query))


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(folder)}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def run_wagtail(folder: Path) -> Iterator[Wagtail]:
    """Makes the project and its database in `folder`, and runs the server until the end of the block."""
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "urls.py").write_text(URLS)
    (folder / "templates").mkdir()
    (folder / "templates" / "base.html").write_text(BASE_PAGE)
    port = _free_port()
    wagtail = Wagtail(folder, f"http://127.0.0.1:{port}")
    django = [sys.executable, "-m", "django"]
    environment = _environment(folder)
    subprocess.run([*django, "migrate", "--verbosity", "0"], cwd=folder, env=environment, check=True)
    wagtail.shell(PEOPLE)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            # One request at a time: each of the LMS's own saves writes the whole attempt, and concurrent ones undo each other.
            [*django, "runserver", "--noreload", "--nothreading", f"127.0.0.1:{port}"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            while server.poll() is None and not _answers(f"{wagtail.origin}/admin/login/"):
                pass
            assert server.poll() is None, (folder / "server.log").read_text()
            yield wagtail
        finally:
            server.terminate()
            server.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
