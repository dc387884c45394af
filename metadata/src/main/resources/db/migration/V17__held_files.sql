-- What repositories hold at this moment, to be joined by those who decide whether somebody may read it:
-- permission and file then cost one statement. The epoch is a scalar and no join: PostgreSQL expects
-- thousands of rows in its table, which nothing analyzes, and might then rather read all that a repository holds.
create view held_file (repo_id, hash, file_id, file_bytes, file_terms, file_epoch) as
  select g.repo_id, f.hash, f.id, f.size_bytes, octet_length(t.terms) / 48,
         (select epoch from content_epoch)
    from file f
    join file_grant g on g.file_id = f.id
    join file_terms t on t.file_id = f.id
   where g.expires_at is null or g.expires_at > now();
