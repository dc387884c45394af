-- How often the history of a repository was written anew without some large files: what was judged
-- by the refs that were there before may name them still.
ALTER TABLE hub_git_repo ADD COLUMN rewrites bigint NOT NULL DEFAULT 0;
