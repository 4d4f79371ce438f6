"""Who may do what to pages, as one table (safety guide 3.4); the groups come from it by migration.

Stock groups know no language: a right stands on one tree here, so a translator writes in the target
tree alone. A pair is published, moved or deleted only by somebody with the right on both sides
(`bilingual.pairs`). What the safeguarding lead may do comes with the consent register.
"""

from dataclasses import dataclass, field
from typing import Any

ALL_PAGES = "home.HomePage"
LIBRARY = "resources.ResourceIndexPage"
BOTH = ("en", "cy")
FILES = ("add_image", "choose_image", "add_document", "choose_document")
# What many pages show; a changed figure needs a second person of this role (`evidence.changes`).
REGISTERS = (
    "evidence.Evidence", "evidence.Figure", "network.Organisation", "network.Role",
    "network.GlossaryTerm", "facts.HeardClaim",
)  # fmt: skip


@dataclass(frozen=True)
class Role:
    """A group: its name in both languages, its rights on pages and where they hold."""

    name: str
    pages: tuple[str, ...] = ()  # codenames of page permissions without "_page"
    languages: tuple[str, ...] = BOTH
    below: str = ALL_PAGES  # the rights hold on this page of each tree and below it
    files: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()  # models whose rows it may add and change
    others: tuple[str, ...] = field(default=("wagtailadmin.access_admin",))


ROLES = (
    Role("Cyfieithwyr i’r Gymraeg · Translators: Welsh", ("change",), ("cy",)),
    Role("Cyfieithwyr i’r Saesneg · Translators: English", ("change",), ("en",)),
    Role("Awduron · Authors", ("add", "change"), files=FILES),
    Role("Cyhoeddwyr · Publishers", ("add", "change", "publish", "lock", "unlock"), files=FILES,
         registers=REGISTERS),
    Role("Golygyddion y llyfrgell · Library", ("add", "change", "publish"), below=LIBRARY,
         files=FILES),
    Role("Gweinyddwyr · Administrators", others=(
        "wagtailadmin.access_admin", "accounts.add_user", "accounts.change_user",
        "accounts.delete_user", "auth.add_group", "auth.change_group", "auth.delete_group",
    )),
)  # fmt: skip


def plant(apps: Any) -> None:
    """Make each group with exactly the rights of the table; `apps` may be historical."""
    Group = apps.get_model("auth", "Group")
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role.name)
        rows = [
            _permission(apps, f"{label.split('.')[0]}.{verb}_{label.split('.')[1].lower()}")
            for label in role.registers
            if _is_there(apps, label)
            for verb in ("add", "change")
        ]
        group.permissions.set([*rows, *(_permission(apps, label) for label in role.others)])
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


def _is_there(apps: Any, label: str) -> bool:
    """The model exists: an early migration does not know the rooms that came later."""
    try:
        apps.get_model(label)
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
