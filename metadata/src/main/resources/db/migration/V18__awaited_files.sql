-- Files that a repository let go of though its commits name them still: when one comes again, from
-- somebody who may write there, the repository holds it for good again. The file itself may be
-- collected meanwhile, so it is named by its digest.
create table awaited_file (
  repo_id bigint not null,
  sha256  bytea  not null check (octet_length(sha256) = 32),
  primary key (repo_id, sha256)
);
