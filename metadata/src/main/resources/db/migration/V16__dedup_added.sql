-- Lets every server learn which chunks were added since it last looked, by whichever server: the
-- transaction that did it. Unknown for those of before.
alter table dedup_chunk add column added_in xid8;
alter table dedup_chunk alter column added_in set default pg_current_xact_id();
create index dedup_chunk_added on dedup_chunk (added_in) where added_in is not null;
