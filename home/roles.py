"""Who may do what to pages, as one table (safety guide 3.4); the groups come from it by migration.

Stock groups know no language: a right stands on one tree here, so a translator writes in the target
tree alone. A pair is published, moved or deleted only by somebody with the right on both sides
(`bilingual.pairs`). The stock groups, which may act on all pages at once, are dissolved: their
members become authors and publishers. The checks of a pair (`bilingual.approval`) are roles' too.
"""

from dataclasses import dataclass
from typing import Any

ALL_PAGES = "home.HomePage"
LIBRARY = "resources.ResourceIndexPage"
SIGN_IN = "wagtailadmin.access_admin"
STORIES = "case_studies.StoryIndexPage"
BOTH = ("en", "cy")
FILES = ("add_image", "choose_image", "add_document", "choose_document")


def _rights(verbs: str, *models: str) -> tuple[str, ...]:
    """Django's labels of these rights on rows of these models, as `evidence.add_figure`."""
    split = [model.lower().split(".") for model in models]
    return tuple(f"{room}.{verb}_{model}" for room, model in split for verb in verbs.split())


# What many pages show; a changed figure needs a second person of this role (`evidence.changes`).
REGISTERS = _rights(
    "add change", "evidence.Evidence", "evidence.Figure", "network.Organisation", "network.Role",
    "network.GlossaryTerm", "facts.HeardClaim", "core.Term", "core.Alert",
)  # fmt: skip
# What the public sends in: staff see, decide and delete it, and never write it themselves.
LETTERS = _rights("view change delete", "home.ContactMessage", "events.Registration")
REPORTS = _rights("view change delete", "resources.SessionReport")


@dataclass(frozen=True)
class Role:
    """A group: its name in both languages, its rights on pages and where they hold."""

    name: str
    pages: tuple[str, ...] = ()  # codenames of page permissions without "_page"
    languages: tuple[str, ...] = BOTH
    below: str = ALL_PAGES  # the rights hold on this page of each tree and below it
    files: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # labels of rights on rows that are neither pages nor files


ROLES = (
    Role("Cyfieithwyr i’r Gymraeg · Translators: Welsh", ("change",), ("cy",)),
    Role("Cyfieithwyr i’r Saesneg · Translators: English", ("change",), ("en",)),
    Role("Awduron · Authors", ("add", "change"), files=FILES),
    Role("Cyhoeddwyr · Publishers", ("add", "change", "publish", "lock", "unlock"), files=FILES,
         rows=(*REGISTERS, *LETTERS, *REPORTS)),
    Role("Arweinwyr diogelu · Safeguarding leads", ("change", "publish"), below=STORIES),
    Role("Golygyddion y llyfrgell · Library", ("add", "change", "publish"), below=LIBRARY,
         files=FILES, rows=REPORTS),
    Role("Gweinyddwyr · Administrators",
         rows=_rights("add change delete", "accounts.User", "auth.Group")),
)  # fmt: skip

WORKFLOW = "Gwirio’r ddwy iaith · Checks of both languages"
# Kind of check → its name, and the roles (by their English names) of which anybody decides it.
CHECKS = {
    "facts": ("Ffeithiau · Facts", ("Publishers",)),
    "safeguarding": ("Diogelu · Safeguarding", ("Safeguarding leads",)),
    "language": ("Iaith · Language", ("Translators: Welsh", "Translators: English")),
}
# Stock groups may publish, lock and translate everywhere. Their members keep what fits.
STOCK = {"Editors": "Authors", "Moderators": "Publishers"}


def plant(apps: Any) -> None:
    """Make each group with exactly the rights of the table; `apps` may be historical."""
    Group = apps.get_model("auth", "Group")
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role.name)
        rights = [SIGN_IN, *(label for label in role.rows if _is_there(apps, label))]
        group.permissions.set([_permission(apps, label) for label in rights])
        PagePermission.objects.filter(group=group).delete()
        for page in apps.get_model(role.below).objects.filter(
            locale__language_code__in=role.languages
        ):
            for codename in role.pages:
                PagePermission.objects.create(
                    group=group,
                    page_id=page.pk,
                    permission=_permission(apps, f"wagtailcore.{codename}_page"),
                )
        CollectionPermission.objects.filter(group=group).delete()
        for codename in role.files:
            model = codename.partition("_")[2]
            CollectionPermission.objects.create(
                group=group,
                collection=root,
                permission=_permission(apps, f"files.{codename}", model),
            )


def plant_workflow(apps: Any) -> None:
    """Make the workflow of the three checks for all pages, in the place of the stock one."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    PairTask = apps.get_model("bilingual", "PairTask")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="bilingual", model="pairtask"
    )
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    for order, (kind, (name, roles)) in enumerate(CHECKS.items()):
        task, _made = PairTask.objects.get_or_create(
            kind=kind, defaults={"name": name, "active": True, "content_type_id": content_type.pk}
        )
        task.groups.set([_group(apps, role) for role in roles])
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task_id=task.pk, defaults={"sort_order": order}
        )
    for home in apps.get_model(ALL_PAGES).objects.all():
        WorkflowPage.objects.update_or_create(
            page_id=home.pk, defaults={"workflow_id": workflow.pk}
        )


def dissolve_stock_groups(apps: Any) -> None:
    """Members of Wagtail's own groups join the role that fits; groups and their workflow go."""
    Group = apps.get_model("auth", "Group")
    User = apps.get_model("accounts", "User")
    for name, role in STOCK.items():
        for stock in Group.objects.filter(name=name):
            for user in User.objects.filter(groups=stock):
                user.groups.add(_group(apps, role))
            stock.delete()
    stock = apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval")
    for workflow in stock:
        apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow=workflow).delete()
        workflow.active = False
        workflow.save()
    release_what_no_workflow_holds(apps)


def release_what_no_workflow_holds(apps: Any) -> None:
    """Cancel what is still under way in a workflow no longer in use: it would lock its page."""
    states = apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        status="in_progress", workflow__active=False
    )
    apps.get_model("wagtailcore", "TaskState").objects.filter(
        workflow_state__in=states, status="in_progress"
    ).update(status="cancelled")
    states.update(status="cancelled")


def _group(apps: Any, role: str) -> Any:
    return apps.get_model("auth", "Group").objects.get(name__endswith=f"· {role}")


def _is_there(apps: Any, label: str) -> bool:
    """The right's model exists: an early migration does not know the rooms that came later."""
    room, _dot, codename = label.partition(".")
    try:
        apps.get_model(room, codename.partition("_")[2])
    except LookupError:
        return False
    return True


def _permission(apps: Any, label: str, model: str = "") -> Any:
    """The permission of this label, made where Django has not made it yet (it does so last)."""
    app_label, codename = label.split(".")
    model = model or {"access_admin": "admin"}.get(codename, codename.rpartition("_")[2])
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    names = dict(apps.get_model(app_label, model)._meta.permissions)
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": names.get(codename, f"Can {codename.replace('_', ' ')}")},
    )
    return permission
