-- LFS objects that arrive in parts: which of them are stored already. The signed addresses carry
-- everything but this, so any server may take any part. failure says why the last try to join them
-- failed; worker_until is the lease of the server that joins them now.
create table lfs_upload (
  id           bigint      generated always as identity primary key,
  caller_id    bigint      not null,
  repo_id      bigint      not null,
  oid          bytea       not null check (octet_length(oid) = 32),
  size_bytes   bigint      not null check (size_bytes > 0),
  part_bytes   bigint      not null check (part_bytes > 0),
  failure      text,
  worker       uuid,
  worker_until timestamptz check ((worker_until is null) = (worker is null)),
  expires_at   timestamptz not null,
  created_at   timestamptz not null default now(),
  unique (repo_id, oid, caller_id, size_bytes, part_bytes)
);
create index lfs_upload_expiring on lfs_upload (expires_at);

create table lfs_part (
  upload_id   bigint  not null references lfs_upload on delete cascade,
  number      integer not null check (number > 0),
  storage_key text    not null unique,
  size_bytes  bigint  not null check (size_bytes > 0),
  sha256      bytea   not null check (octet_length(sha256) = 32),
  primary key (upload_id, number)
);

create index deletion_due_parts on deletion (due_at) where starts_with(storage_key, 'part/');

-- The LFS objects that stand, or stood, in a repository's history, each under one of its names.
-- Filled when somebody asks, from the commits that are not below one of hub_lfs_scanned.
create table hub_lfs_file (
  repo_id    bigint      not null references hub_repo on delete cascade,
  oid        bytea       not null check (octet_length(oid) = 32),
  size_bytes bigint      not null check (size_bytes >= 0),
  filename   text        not null,
  ref        text        not null,
  pushed_at  timestamptz not null,
  primary key (repo_id, oid)
);
create index hub_lfs_file_pushed on hub_lfs_file (repo_id, pushed_at desc, oid desc);

create table hub_lfs_scanned (
  repo_id   bigint not null references hub_repo on delete cascade,
  commit_id bytea  not null check (octet_length(commit_id) = 20),
  primary key (repo_id, commit_id)
);
