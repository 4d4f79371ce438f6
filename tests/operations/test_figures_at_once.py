"""Two editors work on one figure in the same moment, on the database of production."""

import json

from tests.operations.test_downloads import python

TWO_EDITORS = """
import json, threading
from datetime import date
from decimal import Decimal
from django.contrib.auth import get_user_model
from django.db import connections
from evidence import changes
from evidence.models import Evidence, Figure

User = get_user_model()
people = [User.objects.create_user(f"figure-{n}@example.org", "x") for n in range(4)]
source = Evidence.objects.create(
    key="at-once", title_en="Ours", title_cy="Ein hun", publisher="Us", tier="ngo")
figure = Figure.objects.create(
    key="at-once", value=34, label_en="schools", label_cy="o ysgolion", evidence=source,
    as_at=date(2024, 6, 1), expiry=date(2099, 1, 1))

def at_once(*tasks):
    gate, told = threading.Barrier(len(tasks)), []
    def run(task):
        try:
            gate.wait(60)
            task()
            told.append("done")
        except Exception as error:
            told.append(type(error).__name__)
        finally:
            connections.close_all()
    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return sorted(told)

def proposal(number):
    wanted = Figure.objects.get(pk=figure.pk)
    wanted.value = Decimal(40 + number)
    return lambda: changes.propose(figure, wanted, people[number], opened_with="0")

proposed = at_once(proposal(0), proposal(1))
[waiting] = figure.changes.all()
approved = at_once(*(lambda user=user: changes.approve(waiting, user) for user in people[2:]))
figure.refresh_from_db()
rows = list(figure.changes.values_list("status", flat=True))
print(json.dumps([proposed, approved, rows, str(figure.value) == waiting.after["value"]]))
"""


def test_of_two_proposals_and_two_approvals_at_once_one_counts_and_the_other_is_told(
    running_site: str, production_environment: dict[str, str]
) -> None:
    assert json.loads(python(production_environment, TWO_EDITORS)) == [
        ["ChangedMeanwhile", "done"], ["ChangeRefused", "done"], ["approved"], True,
    ]  # fmt: skip
