-- A page of discussions is read in the order in which they are shown.
CREATE INDEX hub_discussion_shown ON hub_discussion (repo_id, pinned DESC, num DESC);
