import errno
import os
import time

import pytest

from baocao import files
from baocao.errors import error_of_disk


def test_a_file_is_written_whole(tmp_path):
    files.write_text(tmp_path / "a" / "b.txt", "nội dung\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "nội dung\n".encode()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_where_the_disk_is_full_the_file_is_named_and_nothing_is_left(tmp_path, monkeypatch):
    def full(path, mode):
        path.touch()
        return open("/dev/full", mode.replace("x", "w"))

    monkeypatch.setattr(files.Path, "open", full)
    with pytest.raises(OSError, match="No space left on device") as refused:
        files.write_text(tmp_path / "a.txt", "x")
    assert refused.value.filename == str(tmp_path / "a.txt")
    assert not any(tmp_path.iterdir())


def test_an_equal_file_is_not_touched(tmp_path):
    path = tmp_path / "a.txt"
    files.write_text(path, "x")
    before = path.stat().st_mtime_ns, path.stat().st_ino
    files.write_text(path, "x")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    target = tmp_path / "book"
    target.mkdir()
    (target / "old.html").touch()
    with files.replaced_folder(target) as fresh:
        (fresh / "new.html").touch()
    assert [path.name for path in target.iterdir()] == ["new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_a_folder_that_cannot_be_moved_is_named_and_stays(tmp_path, monkeypatch):
    target = tmp_path / "book"
    target.mkdir()

    def busy(path, other):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path), None, str(other))

    monkeypatch.setattr(files.Path, "replace", busy)
    with pytest.raises(OSError, match="busy") as refused, files.replaced_folder(target):
        pass
    told = error_of_disk(refused.value)
    assert told
    assert told.where == str(target)
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_of_a_link_the_folder_is_replaced_and_nothing_is_left_beside_either(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "project").mkdir()
    target = tmp_path / "project" / "book"
    target.symlink_to("../web")
    for name in ("old.html", "new.html"):
        with files.replaced_folder(target) as fresh:
            (fresh / name).touch()
    assert target.is_symlink()
    assert [path.name for path in (tmp_path / "web").iterdir()] == ["new.html"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["book", "new.html", "project", "web"]


def test_a_folder_that_may_not_be_written_is_not_moved_aside_where_nobody_could_remove_it(tmp_path, monkeypatch):
    """Who runs tests as root may write everywhere: the system is asked as it would answer another user."""
    target = tmp_path / "book"
    target.mkdir()
    (target / "old.html").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: path != target)
    with pytest.raises(PermissionError) as refused, files.replaced_folder(target):
        pass
    assert refused.value.filename == str(target)
    assert [path.name for path in target.iterdir()] == ["old.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


@pytest.fixture
def shared(tmp_path):
    """A folder for a user who lets the colleagues of his group write what he makes."""
    before = os.umask(0o002)
    yield tmp_path
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="such a system has no umask")
def test_colleagues_who_share_a_folder_may_write_what_is_written_in_it(shared):
    """Of what ``tempfile`` makes only its own user could make the next book."""
    files.write_text(shared / "a.txt", "x")
    with files.replaced_folder(shared / "book") as fresh:
        files.write_text(fresh / "index.html", "x")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in shared.iterdir()}
    assert modes == {"a.txt": oct(0o664), "book": oct(0o775)}


def test_what_may_not_be_made_is_named_as_its_user_knows_it(tmp_path, monkeypatch):
    def refused(path, *_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    for method, make in (("mkdir", files.fresh_folder), ("open", lambda path: files.write_text(path, "x"))):
        with monkeypatch.context() as patch:
            patch.setattr(files.Path, method, refused)
            with pytest.raises(PermissionError) as told:
                make(tmp_path / "a")
        assert told.value.filename == str(tmp_path / "a")


def left_behind(path, seconds):
    """A folder as a killed process leaves it, so many seconds ago."""
    path.mkdir()
    (path / "half.html").touch()
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.mark.parametrize("name", ["book", ".book"])
def test_what_a_killed_process_left_long_ago_is_cleared_away_and_nothing_else(tmp_path, name):
    left_behind(tmp_path / ".book.abc.new", files.LEFT + 60)
    left_behind(tmp_path / ".book.abd.new", files.LEFT - 60)
    left_behind(tmp_path / ".other.abc.new", files.LEFT + 60)
    left_behind(tmp_path / ".book.x", files.LEFT + 60)
    with files.replaced_folder(tmp_path / name):
        pass
    left = [".book.abd.new", ".book.x", ".other.abc.new", name]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(left)


def test_what_another_process_takes_away_meanwhile_is_no_error(tmp_path):
    (tmp_path / ".book.abc.new").symlink_to("gone")
    with files.replaced_folder(tmp_path / "book"):
        pass
    assert (tmp_path / "book").is_dir()


@pytest.mark.parametrize("name", ["book", "book [1]"])
def test_a_folder_that_a_killed_process_had_moved_aside_is_put_back_if_the_next_one_fails(tmp_path, name):
    left_behind(tmp_path / f".{name}.abc.old", 0)
    with pytest.raises(ZeroDivisionError):
        make_and_fail(tmp_path / name)
    assert [path.name for path in (tmp_path / name).iterdir()] == ["half.html"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_moved_aside_is_put_back_if_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    left_behind(tmp_path / "book", 0)
    own = files.Path.replace

    def refused(path, target):
        if path.suffix == ".new":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return own(path, target)

    monkeypatch.setattr(files.Path, "replace", refused)
    with pytest.raises(OSError, match="Input/output"), files.replaced_folder(tmp_path / "book"):
        pass
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["book", "book/half.html"]


def make_and_fail(target):
    with files.replaced_folder(target) as fresh:
        (fresh / "new.html").touch()
        raise ZeroDivisionError


def test_a_folder_stays_as_it_was_if_its_making_fails(tmp_path):
    target = tmp_path / "book"
    target.mkdir()
    (target / "old.html").touch()
    with pytest.raises(ZeroDivisionError):
        make_and_fail(target)
    assert [path.name for path in target.iterdir()] == ["old.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_a_digest_tells_lists_apart_that_join_to_one_text():
    assert files.digest(["ab", "c"]) != files.digest(["a", "bc"])
    assert files.digest(["a"]) == files.digest([b"a"])


def test_names_that_are_no_utf8_have_a_digest_each():
    assert files.digest(["a\udcff"]) != files.digest(["a\udcfe"])


def test_a_folders_digest_rests_on_names_and_contents(tmp_path):
    (tmp_path / "a.yml").write_text("1", "utf-8")
    first = files.folder_digest(tmp_path, ["*.yml"])
    (tmp_path / "b.txt").write_text("1", "utf-8")
    assert files.folder_digest(tmp_path, ["*.yml"]) == first
    (tmp_path / "a.yml").rename(tmp_path / "c.yml")
    assert files.folder_digest(tmp_path, ["*.yml"]) != first


@pytest.mark.parametrize("text", ["", "[]", "null", '"a"', "{", "\udcff"])
def test_a_file_that_holds_no_object_reads_as_an_empty_one(tmp_path, text):
    (tmp_path / "a.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert files.read_object(tmp_path / "a.json") == {}


def test_an_object_reads_as_it_was_written(tmp_path):
    (tmp_path / "a.json").write_text('{"tệp": [1, null]}', "utf-8")
    assert files.read_object(tmp_path / "a.json") == {"tệp": [1, None]}
    assert files.read_object(tmp_path / "b.json") == {}
