-- A pinned discussion comes first in the list.
ALTER TABLE hub_discussion ADD COLUMN pinned boolean NOT NULL DEFAULT false;

-- How many one author has opened in one repository is counted before one more.
DROP INDEX hub_discussion_author;
CREATE INDEX hub_discussion_author ON hub_discussion (author_id, repo_id);

ALTER TABLE hub_discussion_event DROP CONSTRAINT hub_discussion_event_kind_check;
ALTER TABLE hub_discussion_event ADD CONSTRAINT hub_discussion_event_kind_check
  CHECK (kind IN ('comment', 'status-change', 'commit', 'title-change', 'pinning-change',
                  'base-change'));

-- Who answered a comment with which emoji.
CREATE TABLE hub_comment_reaction (
  event_id bigint NOT NULL REFERENCES hub_discussion_event (id) ON DELETE CASCADE,
  reaction text   COLLATE "C" NOT NULL,
  user_id  bigint NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  PRIMARY KEY (event_id, reaction, user_id)
);
CREATE INDEX hub_comment_reaction_user ON hub_comment_reaction (user_id);
