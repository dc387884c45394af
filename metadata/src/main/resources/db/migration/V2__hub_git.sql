-- Git repositories: refs lie here, packs in the object store. The row of hub_git_repo is the lock
-- under which an update compares and moves refs; repo_id is the repository's immutable id.

CREATE TABLE hub_git_repo (
  repo_id bigint PRIMARY KEY
);

CREATE TABLE hub_git_ref (
  repo_id bigint NOT NULL REFERENCES hub_git_repo ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  oid bytea CHECK (octet_length(oid) = 20),
  peeled bytea CHECK (octet_length(peeled) = 20),
  target text COLLATE "C",
  PRIMARY KEY (repo_id, name),
  CHECK ((oid IS NULL) <> (target IS NULL)),
  CHECK (peeled IS NULL OR oid IS NOT NULL)
);

CREATE TABLE hub_git_pack (
  repo_id bigint NOT NULL REFERENCES hub_git_repo ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  source text NOT NULL,
  objects bigint NOT NULL CHECK (objects >= 0),
  deltas bigint NOT NULL CHECK (deltas >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repo_id, name)
);

CREATE TABLE hub_git_pack_file (
  repo_id bigint NOT NULL,
  pack_name text COLLATE "C" NOT NULL,
  extension text COLLATE "C" NOT NULL,
  storage_key text COLLATE "C" NOT NULL UNIQUE,
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  PRIMARY KEY (repo_id, pack_name, extension),
  FOREIGN KEY (repo_id, pack_name) REFERENCES hub_git_pack ON DELETE CASCADE
);
