-- Content: which bytes exist, what files are made of, and who may use them. Never a row per chunk.
-- Rules that the constraints cannot say are in the store classes of dev.ashlar.metadata.

-- One row, made here: wiping the database makes another installation.
create table installation (
  only_one   boolean     primary key default true check (only_one),
  id         uuid        not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into installation default values;

-- A stored xorb. A storage key is used once and never again; a xorb that is stored anew after
-- DELETING gets a new key and the next generation, so that a late deletion cannot hurt it.
create table xorb (
  id              bigint      generated always as identity primary key,
  hash            bytea       not null unique check (octet_length(hash) = 32),
  state           text        not null check (state in ('PENDING', 'READY', 'CONDEMNED', 'DELETING')),
  generation      bigint      not null default 1,
  storage_key     text        not null unique,
  body_bytes      bigint      not null check (body_bytes > 0),
  raw_bytes       bigint      not null check (raw_bytes > 0),
  chunks          integer     not null check (chunks > 0),
  protected_until timestamptz not null,
  condemned_at    timestamptz check ((condemned_at is not null) = (state in ('CONDEMNED', 'DELETING'))),
  gc_epoch        bigint,
  created_at      timestamptz not null default now()
);

-- Who may build files from a xorb: UPLOADED proves possession and lasts, SHOWN was part of a dedup
-- answer and expires.
create table xorb_grant (
  xorb_id    bigint      not null references xorb on delete cascade,
  caller_id  bigint      not null,
  kind       text        not null check (kind in ('UPLOADED', 'SHOWN')),
  expires_at timestamptz check ((expires_at is null) = (kind = 'UPLOADED')),
  primary key (xorb_id, caller_id)
);
create index xorb_grant_expiring on xorb_grant (expires_at) where expires_at is not null;

-- A file by its hash; sha256 only after it was computed from the bytes.
create table file (
  id         bigint      generated always as identity primary key,
  hash       bytea       not null unique check (octet_length(hash) = 32),
  size_bytes bigint      not null check (size_bytes >= 0),
  sha256     bytea       check (octet_length(sha256) = 32),
  created_at timestamptz not null default now()
);
create index file_sha256 on file (sha256) where sha256 is not null;

-- What a file is made of: 48 bytes a term, see FileManifest. Hashes do not compress.
create table file_terms (
  file_id bigint primary key references file on delete cascade,
  terms   bytea  not null check (octet_length(terms) % 48 = 0)
);
alter table file_terms alter column terms set storage external;

-- The same without order and ranges: what keeps a xorb alive, and what its neighbours are. The most
-- numerous rows of all, so no primary key: two indexes of one column, whose equal entries B-trees
-- store once, are a third of its size, and only the writer of the file's terms writes here.
create table file_xorb (
  file_id bigint not null references file on delete cascade,
  xorb_id bigint not null references xorb
);
create index file_xorb_file on file_xorb (file_id);
create index file_xorb_xorb on file_xorb (xorb_id);

-- Which repositories hold a file: UPLOADED for a while, COMMITTED until it is dropped.
create table file_grant (
  repo_id    bigint      not null,
  file_id    bigint      not null references file,
  kind       text        not null check (kind in ('UPLOADED', 'COMMITTED')),
  expires_at timestamptz check ((expires_at is null) = (kind = 'COMMITTED')),
  primary key (repo_id, file_id)
);
create index file_grant_file on file_grant (file_id);
create index file_grant_expiring on file_grant (expires_at) where expires_at is not null;

-- The sparse dedup index: eligible chunks only, filled from our own reading of stored xorbs.
create table dedup_chunk (
  chunk_hash bytea  not null check (octet_length(chunk_hash) = 32),
  xorb_id    bigint not null references xorb on delete cascade,
  primary key (chunk_hash, xorb_id)
);
create index dedup_chunk_xorb on dedup_chunk (xorb_id);

-- Committed before the first byte of an object is written, gone with the transaction that uses it:
-- what is left and expired names an orphan.
create table upload_intent (
  storage_key text        primary key,
  kind        text        not null,
  expires_at  timestamptz not null,
  created_at  timestamptz not null default now()
);

-- Objects that nothing refers to any more.
create table deletion (
  storage_key text        primary key,
  reason      text        not null,
  due_at      timestamptz not null,
  attempts    integer     not null default 0,
  created_at  timestamptz not null default now()
);

-- One collector at a time; the epoch fences one that was paused and comes back.
create table gc_lease (
  only_one boolean     primary key default true check (only_one),
  holder   text        not null,
  epoch    bigint      not null,
  until_at timestamptz not null
);

-- While a hold stands (a backup), nothing is swept.
create table gc_hold (
  id         bigint      generated always as identity primary key,
  reason     text        not null,
  until_at   timestamptz not null,
  created_at timestamptz not null default now()
);
