import pytest


@pytest.fixture
def file(tmp_path):
    """Writes a ratings file and answers with its path."""

    def write(content, *, encoding="utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
