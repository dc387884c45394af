-- Whether pull requests alone made the hold a lasting one: only such a hold ends with them.
alter table file_grant add column proposed boolean not null default false;
