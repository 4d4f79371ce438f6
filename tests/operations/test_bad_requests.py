"""Nothing that is sent to a running server makes it fail, hang or send people elsewhere."""

import random
import socket
import threading

import pytest

from tests.bench.bad_requests import BadRequest, leaves_the_site, line, make, run


def report(url: str, count: int, seed: int) -> None:
    tally = run(url, count, seed)
    print(line(tally, seed))
    assert not tally.faults, "\n".join(tally.faults[:20])
    assert len(tally.statuses) > 3, "the requests never reached a page"


def test_400_bad_requests_do_no_harm(running_site):
    report(running_site, 400, 20261124)


@pytest.mark.slow
def test_3500_bad_requests_do_no_harm(running_site):
    report(running_site, 3500, random.SystemRandom().randrange(10**6))


def test_every_kind_of_bad_request_is_made_and_a_seed_gives_the_same_again():
    kinds = {make(random.Random(seed), "localhost").kind for seed in range(200)}
    assert len(kinds) == 9
    assert make(random.Random(3), "localhost") == make(random.Random(3), "localhost")


def test_a_server_that_fails_or_sends_people_away_is_found_out():
    answers = [b"HTTP/1.1 500 No\r\n\r\n", b"HTTP/1.1 302 X\r\nLocation: //evil.example\r\n\r\n"]
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for answer in answers:
                connection, _address = listener.accept()
                connection.recv(65536)
                connection.sendall(answer)
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        tally = run(f"http://127.0.0.1:{listener.getsockname()[1]}", 2, 5)
        thread.join(5)
    assert len(tally.faults) == 2
    assert tally.faults[0].startswith("500")
    assert tally.faults[1].startswith("off the site")


def test_only_servers_on_this_machine_are_asked():
    with pytest.raises(ValueError):
        run("http://example.org", 1, 1)


@pytest.mark.parametrize(
    ("location", "leaves"),
    [("/en/", False), ("http://localhost/x", False), ("//evil.example", True),
     ("/\\evil.example", True), ("javascript:alert(1)", True), ("", False)],
)  # fmt: skip
def test_a_redirect_to_elsewhere_is_recognised(location, leaves):
    request = BadRequest("next", b"GET", b"/", b"localhost")
    assert leaves_the_site(location, request, "http://localhost/") is leaves
