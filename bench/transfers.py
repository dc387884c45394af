"""Whole transfers in bench/endtoend: `hf` with hf-xet and plain LFS, each beside nginx, in rounds of A B B A."""

import contextlib
import filecmp
import hashlib
import http.client
import json
import os
import random
import shutil
import time
import urllib.parse

from beside import Beside
from ratios import beside_itself, note, say

MIB = 1 << 20
BLOCK_BYTES = 1 << 20
EDITED_BYTES = 200_000_000
QUIET_SECONDS_MAX = 5


class Transfers:
    def __init__(self, figures, server, nginx, venv, work, file_bytes, rounds):
        self.figures, self.server, self.nginx, self.venv, self.work = figures, server, nginx, venv, work
        self.file_bytes, self.rounds = file_bytes, rounds
        self.gigabytes = file_bytes / 1e9
        self.turns, self.repo = 0, ""
        self.fresh, self.known = Beside(server, nginx.fresh), Beside(server, nginx.known)

    # Parts, each a figure or more.

    def upload(self):
        """New random bytes: the server beside nginx, which takes the bodies and forgets them."""
        name = f"hf-xet uploads {self.size()} random"
        walls, cpus, same = [], [], []
        for _ in range(self.rounds):
            with self.noise(self.file_bytes) as one, self.noise(self.file_bytes) as other:
                sha, sha_cpu = sha256_pass(one)
                ours, cpu = self.costed(lambda: self.send(self.server, one))
                theirs = [self.send_beside(self.fresh, one), self.send_beside(self.fresh, one)]
                more, more_cpu = self.costed(lambda: self.send(self.server, other))
            walls.append((ours + more - 2 * sha) / sum(theirs))
            cpus.append((cpu + more_cpu - 2 * sha_cpu) / 2 / self.gigabytes)
            same.append(theirs[0] / theirs[1])
            self.told(name, [ours, more], theirs, [cpu, more_cpu], sha)
        steady = beside_itself(name, same)
        say(f"{name}, wall without a SHA-256 pass / nginx that swallows them", walls, 1.25, steady=steady)
        say(f"{name}, CPU s/GB of the server without a SHA-256 pass", cpus, 1.5)

    def download(self):
        """The same file: ranges of its xorbs by the server beside nginx on the server's files; plans are the server's."""
        name = f"hf-xet downloads {self.size()} random"
        walls, cpus, same = [], [], []
        with self.noise(self.file_bytes) as file:
            self.send(self.server, file)
            self.fetch(self.server, file, True)
            for _ in range(self.rounds):
                ours, cpu = self.costed(lambda: self.fetch(self.server, file))
                theirs = [self.fetch(self.fresh, file), self.fetch(self.fresh, file)]
                more, more_cpu = self.costed(lambda: self.fetch(self.server, file))
                walls.append((ours + more) / sum(theirs))
                cpus.append((cpu + more_cpu) / 2 / self.gigabytes)
                same.append(theirs[0] / theirs[1])
                self.told(name, [ours, more], theirs, [cpu, more_cpu])
        steady = beside_itself(name, same)
        say(f"{name}, wall / nginx with the same ranges", walls, 1.15, steady=steady)
        say(f"{name}, CPU s/GB of the server", cpus, 0.6)

    def again(self):
        """Bytes that the server has, from an empty client cache: the client alone hashes, and is told by nginx what is known."""
        name = f"hf-xet uploads the same {self.size()} again"
        with self.noise(self.file_bytes) as file:
            self.send(self.server, file)
            self.compare_known(name, file, lambda: None, False)

    def edit(self):
        """A file that the server has, with one byte changed in its middle."""
        name = f"hf-xet uploads {EDITED_BYTES // 1_000_000} MB with one byte changed"
        with self.noise(EDITED_BYTES) as file:
            self.send(self.server, file)
            self.compare_known(name, file, lambda: change_one_byte(file / "random.bin"), True)

    def compare_known(self, name, file, change, new_bytes):
        """The server hashes a changed file once, and an unchanged one not again: only then is a SHA-256 pass taken off."""
        walls, cpus, same = [], [], []
        change()
        self.send(self.server, file)
        self.send_beside(self.known, file)
        for _ in range(self.rounds):
            sha, sha_cpu = sha256_pass(file) if new_bytes else (0, 0)
            change()
            ours, cpu = self.costed(lambda: self.send(self.server, file))
            theirs = [self.send_beside(self.known, file), self.send_beside(self.known, file)]
            change()
            more, more_cpu = self.costed(lambda: self.send(self.server, file))
            walls.append((ours + more - 2 * sha) / sum(theirs))
            cpus.append((cpu + more_cpu) / 2 - sha_cpu)
            same.append(theirs[0] / theirs[1])
            self.told(name, [ours, more], theirs, [cpu, more_cpu], sha)
        steady = beside_itself(name, same)
        without = " without a SHA-256 pass" if new_bytes else ""
        say(f"{name}, wall{without} / the client alone", walls, 1.2, steady=steady)
        say(f"{name}, CPU s of the server{without}", cpus, 0.1)

    def lfs(self):
        """LFS PUT and GET over plain HTTP by an own driver: nginx takes a PUT into a file, and sends that file."""
        self.server.request("POST", "/api/repos/create", b'{"name":"lfs"}', Content_Type="application/json")
        puts, gets, cpus, put_same, get_same = [], [], [], [], []
        for _ in range(self.rounds):
            with self.noise(self.file_bytes) as one, self.noise(self.file_bytes) as other:
                first, second = self.lfs_target(one), self.lfs_target(other)
                beside = {"href": self.nginx.url(self.nginx.on, "put/random.bin")}
                ours, cpu = self.costed(lambda: put(first, one / "random.bin"))
                theirs = [put(beside, one / "random.bin"), put(beside, one / "random.bin")]
                more, more_cpu = self.costed(lambda: put(second, other / "random.bin"))
                puts.append(sum(theirs) / (ours + more))
                cpus.append((cpu + more_cpu) / 2 / self.gigabytes)
                put_same.append(theirs[0] / theirs[1])
                self.told(f"LFS PUT of {self.size()}", [ours, more], theirs, [cpu, more_cpu])

                self.lfs_commit(first)
                source = self.lfs_source(first)
                ours = get(source, self.file_bytes)
                theirs = [get(beside, self.file_bytes), get(beside, self.file_bytes)]
                more = get(source, self.file_bytes)
                gets.append(sum(theirs) / (ours + more))
                get_same.append(theirs[0] / theirs[1])
                self.told(f"LFS GET of {self.size()}", [ours, more], theirs)
        put_steady, get_steady = beside_itself("LFS PUT", put_same), beside_itself("LFS GET", get_same)
        say(f"LFS PUT of {self.size()} random / nginx dav PUT", puts, most=False, steady=put_steady)
        say(f"LFS PUT of {self.size()} random, CPU s/GB of the server", cpus)
        say(f"LFS GET of {self.size()} random / nginx, the same file", gets, 0.85, most=False, steady=get_steady)

    # Turns: each returns the seconds it took.

    def send(self, there, folder):
        """Into a repository of its own."""
        self.turns += 1
        self.repo = f"admin/turn-{self.turns}"
        return self.figures.hf(self.venv, there, self.work, "upload", self.repo, folder, ".")

    def send_beside(self, there, folder):
        """What the last repository got, past the server, to another path there: a commit of that needs no bytes that the server lacks."""
        self.turns += 1
        took = self.figures.hf(self.venv, there, self.work, "upload", self.repo, folder, f"beside-{self.turns}")
        taken, _ = self.nginx.xorb_bytes()
        length = (folder / "random.bin").stat().st_size
        if taken < length if there is self.fresh else taken > length / 10:
            raise SystemExit(f"nginx took {taken} bytes of xorbs")
        return took

    def fetch(self, there, folder, check=False):
        back = self.work / "back"
        took = self.figures.hf(self.venv, there, self.work, "download", self.repo, "--local-dir", back)
        if check and not filecmp.cmp(folder / "random.bin", back / "random.bin", shallow=False):
            raise SystemExit("a file came back different")
        shutil.rmtree(back)
        if there is self.fresh and self.nginx.xorb_bytes()[1] < self.file_bytes:
            raise SystemExit("nginx did not send the xorbs")
        return took

    def warm(self):
        """Two uploads and downloads that no figure counts: the virtual machine compiles what they use. A comment tells what they took."""
        for _ in range(2):
            with self.noise(self.file_bytes) as file:
                took, cpu = self.costed(lambda: self.send(self.server, file))
                note(f"hf-xet uploads {self.size()} random to a server that has just started: {took:.2f} s, CPU {cpu:.2f} s")
                self.fetch(self.server, file, True)

    def costed(self, turn):
        """Seconds of the turn, and CPU seconds of the server and its PostgreSQL until they are quiet again."""
        before = self.server.cpu_seconds()
        took = turn()
        until, now = time.monotonic() + QUIET_SECONDS_MAX, self.server.cpu_seconds()
        while time.monotonic() < until:
            time.sleep(0.2)
            last, now = now, self.server.cpu_seconds()
            if now - last <= 0.02:
                break
        return took, now - before

    # LFS.

    def lfs_target(self, folder):
        oid = hashlib.sha256()
        with open(folder / "random.bin", "rb") as file:
            while block := file.read(BLOCK_BYTES):
                oid.update(block)
        return {**self.lfs_action("upload", oid.hexdigest()), "oid": oid.hexdigest()}

    def lfs_action(self, operation, oid):
        batch = {"operation": operation, "transfers": ["basic"], "hash_algo": "sha256", "objects": [{"oid": oid, "size": self.file_bytes}]}
        reply = json.loads(self.server.request("POST", "/admin/lfs.git/info/lfs/objects/batch", json.dumps(batch).encode(),
                                               Content_Type="application/vnd.git-lfs+json", Accept="application/vnd.git-lfs+json"))
        return reply["objects"][0]["actions"][operation]

    def lfs_commit(self, target):
        lines = [{"key": "header", "value": {"summary": "random.bin"}},
                 {"key": "lfsFile", "value": {"path": "random.bin", "algo": "sha256", "oid": target["oid"], "size": self.file_bytes}}]
        self.server.request("POST", "/api/models/admin/lfs/commit/main", "\n".join(map(json.dumps, lines)).encode(),
                            Content_Type="application/x-ndjson")

    def lfs_source(self, target):
        return self.lfs_action("download", target["oid"])

    # Words and bytes.

    def size(self):
        return f"{self.file_bytes // MIB} MiB" if self.file_bytes != 1 << 30 else "1 GiB"

    @contextlib.contextmanager
    def noise(self, length):
        """A folder with a file of bytes that nothing has seen before."""
        self.turns += 1
        folder = self.work / f"noise-{self.turns}"
        folder.mkdir()
        source = random.Random(f"{self.turns} {time.time_ns()}")
        with open(folder / "random.bin", "wb") as file:
            while file.tell() < length:
                file.write(source.randbytes(min(16 * MIB, length - file.tell())))
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    def told(self, name, ours, theirs, cpu=None, sha=None):
        def seconds(values):
            return " and ".join(f"{value:.2f}" for value in values)

        words = f"{name}: {seconds(ours)} s, nginx {seconds(theirs)} s"
        words += f", CPU {seconds(cpu)} s" if cpu else ""
        words += f", a SHA-256 pass {sha:.2f} s" if sha else ""
        note(words)



def sha256_pass(folder):
    """Seconds and CPU seconds of one pass of OpenSSL's SHA-256 over the file in the page cache."""
    digest = hashlib.sha256()
    began, cpu = time.monotonic(), time.process_time()
    with open(folder / "random.bin", "rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return time.monotonic() - began, time.process_time() - cpu


def change_one_byte(path):
    """Another change each time."""
    with open(path, "r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([(byte + 1) % 256]))


def connect(action):
    url = urllib.parse.urlsplit(action["href"])
    return http.client.HTTPConnection(url.hostname, url.port, timeout=600), url.path + ("?" + url.query if url.query else "")


def put(action, path):
    connection, target = connect(action)
    began = time.monotonic()
    connection.putrequest("PUT", target)
    for name, value in {"Content-Length": str(path.stat().st_size), **action.get("header", {})}.items():
        connection.putheader(name, value)
    connection.endheaders()
    with open(path, "rb") as file:
        connection.sock.sendfile(file)
    reply = connection.getresponse()
    reply.read()
    took = time.monotonic() - began
    connection.close()
    if reply.status not in (200, 201, 204):
        raise SystemExit(f"PUT was answered {reply.status}")
    return took


def get(action, length):
    connection, target = connect(action)
    buffer, got = bytearray(BLOCK_BYTES), 0
    began = time.monotonic()
    connection.request("GET", target, headers=action.get("header", {}))
    reply = connection.getresponse()
    while count := reply.readinto(buffer):
        got += count
    took = time.monotonic() - began
    connection.close()
    if reply.status != 200 or got != length:
        raise SystemExit(f"GET was answered {reply.status} with {got} bytes")
    return took
