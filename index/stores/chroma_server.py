"""Where a Chroma server listens, which can be said without importing Chroma."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChromaServer:
    """Where a Chroma server listens, as whom to ask it, and for how many seconds to wait. `url` may
    have a path, where a proxy in front of the server adds one."""

    url: str
    tenant: str
    database: str
    key: str = field(default="", repr=False)
    timeout_s: int = 60
