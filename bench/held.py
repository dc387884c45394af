"""What transfers hold alive in the server's heap in the middle of their way, and what they allocate: bench/endtoend, parts `heap` and `tail`."""

import re
import socket
import struct
import subprocess
import time
import urllib.parse

TRANSFERS = 32
CHUNK_BYTES = 128 << 10
HALF_BYTES = 32 << 20
WHOLE_BYTES = 64 << 20
SOCKET_BYTES = 64 << 10
SETTLED_SECONDS = 2


def live_bytes(jcmd, server):
    """Bytes of all objects that are alive: the histogram begins with a full collection."""
    time.sleep(SETTLED_SECONDS)
    text = subprocess.run([jcmd, str(server.process.pid), "GC.class_histogram"], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"^Total\s+\d+\s+(\d+)", text, re.MULTILINE)[1])


def allocated_bytes(jcmd, server, names):
    """Bytes that the threads of these names have allocated since they began; each thread's is told in KiB up to 100 MiB."""
    text = subprocess.run([jcmd, str(server.process.pid), "Thread.print", "-e"], check=True, capture_output=True, text=True).stdout
    units = {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    threads = re.findall(r'^"([^"]*)".* allocated=(\d+)([BKMG]) ', text, re.MULTILINE)
    return sum(int(number) * units[unit] for name, number, unit in threads if re.fullmatch(names, name))


def mib_each(jcmd, server, begin):
    """MiB that one of many equal transfers holds; the first ones also grow what the server keeps for later ones, so they go before."""
    for _ in range(2):
        idle = live_bytes(jcmd, server)
        sockets = [begin(i) for i in range(TRANSFERS)]
        busy = live_bytes(jcmd, server)
        for one in sockets:
            one.close()
    return (busy - idle) / TRANSFERS / (1 << 20)


def upload(grant):
    """Begins to send a xorb of 64 MiB and stops in its middle."""
    url = urllib.parse.urlsplit(grant["casUrl"])
    size = struct.pack("<I", CHUNK_BYTES)[:3]
    chunk = b"\0" + size + b"\0" + size + bytes(range(256)) * (CHUNK_BYTES // 256)

    def begin(number):
        one = socket.create_connection((url.hostname, url.port))
        head = [f"POST {url.path}/v1/xorbs/default/{number:064x} HTTP/1.1", f"Host: {url.netloc}", f"Authorization: Bearer {grant['accessToken']}",
                f"Content-Length: {WHOLE_BYTES // CHUNK_BYTES * len(chunk)}"]
        one.sendall("\r\n".join([*head, "", ""]).encode())
        for _ in range(HALF_BYTES // CHUNK_BYTES):
            one.sendall(chunk)
        return one

    return begin


def download(address):
    """Asks for a whole file, and takes no more of it than its head."""
    url = urllib.parse.urlsplit(address)

    def begin(_):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
        one.connect((url.hostname, url.port))
        one.sendall(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
        if not one.recv(12).startswith(b"HTTP/1.1 200"):
            raise SystemExit("a download was refused")
        return one

    return begin
