"""How gunicorn serves the site: `gunicorn` alone, from this folder, is enough."""

import os
from typing import Any

pythonpath = "site"
wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # a worker that takes another's place answers at once (safety guide, F6)
timeout = 30  # seconds; no page may take longer
max_requests, max_requests_jitter = 2000, 200  # a slow leak never grows old
control_socket_disable = True  # gunicorn 27 would open one in the home folder
# The proxy in front writes the log without persons (docs/security.md); gunicorn writes none.
accesslog = None
errorlog = "-"


def when_ready(_server: Any) -> None:
    """Loads the dictionaries of search once, before workers are made: they share them."""
    from welsh.keys import query_keys

    for language in ("cy", "en"):
        query_keys(["noddfa"], language)
