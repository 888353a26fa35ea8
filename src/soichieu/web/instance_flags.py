"""Reading and adding what an instance says about itself."""

from __future__ import annotations

from soichieu.web.models import InstanceFlag

DEMONSTRATION = "demonstration"
INJECTED_CLOCK = "injected_clock"


def set_flag(key: str, value: str = "yes") -> None:
    """State ``key`` of this instance, for ever. Saying the same twice adds nothing."""
    if not InstanceFlag.objects.filter(key=key, value=value).exists():
        InstanceFlag.objects.create(key=key, value=value)


def flags() -> dict[str, str]:
    """Every statement of the instance, the last one for each key."""
    return dict(InstanceFlag.objects.order_by("pk").values_list("key", "value"))


def is_demonstration() -> bool:
    """True once anything was loaded here as a demonstration."""
    return InstanceFlag.objects.filter(key=DEMONSTRATION).exists()
