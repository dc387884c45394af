"""The nginx that stands beside the server in bench/endtoend."""

import os
import shutil
import subprocess

# What a client asks of a CAS below /cas/{scope}; anything else is passed on to the server.
SWALLOW = """
    location ~ ^/cas/[0-9a-f]+/v1/xorbs/ {
      access_log %(work)s/xorbs.log bytes;
      client_body_buffer_size 68m;
      proxy_pass_request_body off; proxy_set_header Content-Length "";
      rewrite ^ /xorb break; proxy_pass http://127.0.0.1:%(answers)d;
    }
    location ~ ^/cas/[0-9a-f]+/v2/shards {
      client_body_buffer_size 68m;
      proxy_pass_request_body off; proxy_set_header Content-Length "";
      rewrite ^ /shard break; proxy_pass http://127.0.0.1:%(answers)d;
    }
    location ~ ^/cas/[0-9a-f]+/v1/xorb-grants/ { return 404; }
"""

CONFIGURATION = """
daemon off; master_process off; user root; pid %(work)s/nginx.pid; error_log %(work)s/nginx.log;
events { worker_connections 256; }
http {
  log_format bytes "$request_length $body_bytes_sent"; access_log off; client_max_body_size 0; keepalive_requests 1000000;
  client_body_temp_path %(work)s/nginx-body; proxy_temp_path %(work)s/nginx-proxy; fastcgi_temp_path %(work)s/nginx-fastcgi;
  uwsgi_temp_path %(work)s/nginx-uwsgi; scgi_temp_path %(work)s/nginx-scgi;
  proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Connection ""; proxy_read_timeout 600s;
  proxy_cache_path %(work)s/nginx-cache keys_zone=answers:1m;

  server { listen 127.0.0.1:%(off)d; sendfile off; root %(root)s; }
  server { listen 127.0.0.1:%(on)d; sendfile on; root %(root)s; client_body_temp_path %(root)s/body; location /put/ { dav_methods PUT; create_full_put_path on; } }

  server {
    listen 127.0.0.1:%(answers)d;
    location = /xorb { default_type application/json; return 200 '{"was_inserted":true}'; }
    location = /shard { default_type application/x-ndjson; return 200 '{"type":"result","result":1}\\n'; }
  }
  server {
    listen 127.0.0.1:%(fresh)d;
""" + SWALLOW + """
    location ~ ^/cas/[0-9a-f]+/v1/chunks/ { return 404; }
    location ~ ^/cas/get/xorb/(.+)$ { sendfile on; alias %(objects)s/$1; access_log %(work)s/xorbs.log bytes; }
    location / { proxy_pass http://127.0.0.1:%(server)d; }
  }
  server {
    listen 127.0.0.1:%(known)d;
""" + SWALLOW + """
    location ~ ^/cas/[0-9a-f]+/v1/chunks/ {
      proxy_cache answers; proxy_cache_key $uri; proxy_cache_valid 200 404 1h; proxy_ignore_headers Cache-Control Expires Vary Set-Cookie;
      proxy_pass http://127.0.0.1:%(server)d;
    }
    location / { proxy_pass http://127.0.0.1:%(server)d; }
  }
}
"""


class Beside:
    """What a client needs to know of a server: where it is, and who the client is there."""

    def __init__(self, server, port):
        self.base, self.token = f"http://127.0.0.1:{port}", server.token


class Nginx:
    """One nginx with a port for each part that it plays.

    `off` and `on` are plain files with sendfile off and on; `on` takes PUTs below /put/ too. `fresh` and `known` stand before the
    server: they take the bodies of xorbs and shards whole and forget them, and pass the hub's small requests on. `fresh` answers that no
    chunk is known, and serves ranges of xorbs from the server's own files; `known` repeats what the server first said about a chunk.
    """

    def __init__(self, work, root, server, free_port):
        self.off, self.on, self.answers, self.fresh, self.known = (free_port() for _ in range(5))
        self.work, self.root = work, root
        (root / "put").mkdir(parents=True)
        values = dict(work=work, root=root, objects=server.data / "objects", server=server.port, off=self.off, on=self.on,
                      answers=self.answers, fresh=self.fresh, known=self.known)
        (work / "nginx.conf").write_text(CONFIGURATION % values)
        self.process = subprocess.Popen(["nginx", "-c", work / "nginx.conf", "-e", work / "nginx.log"])

    @staticmethod
    def exists():
        return shutil.which("nginx") is not None

    def url(self, port, name):
        return f"http://127.0.0.1:{port}/{name}"

    def xorb_bytes(self):
        """Bytes of xorbs that it took and sent since this was last asked: proof that a turn went by it."""
        log = self.work / "xorbs.log"
        counts = [tuple(map(int, line.split())) for line in log.read_text().splitlines()]
        os.truncate(log, 0)
        return sum(taken for taken, _ in counts), sum(sent for _, sent in counts)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
