-- Discussions and pull requests of a repository share one sequence of numbers without gaps: the
-- last one taken lies here, and its row is locked until the discussion is there.
CREATE TABLE hub_discussion_count (
  repo_id  bigint  PRIMARY KEY REFERENCES hub_repo (id) ON DELETE CASCADE,
  last_num integer NOT NULL CHECK (last_num > 0)
);

-- event_count and text_bytes bound what the details of one discussion can grow to.
CREATE TABLE hub_discussion (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repo_id     bigint      NOT NULL REFERENCES hub_repo (id) ON DELETE CASCADE,
  num         integer     NOT NULL CHECK (num > 0),
  title       text        NOT NULL,
  status      text        NOT NULL CHECK (status IN ('draft', 'open', 'closed', 'merged')),
  is_pull     boolean     NOT NULL,
  author_id   bigint      REFERENCES hub_user (id) ON DELETE SET NULL,
  created_at  timestamptz NOT NULL,
  event_count integer     NOT NULL DEFAULT 0,
  text_bytes  bigint      NOT NULL DEFAULT 0,
  UNIQUE (repo_id, num),
  CHECK (is_pull OR status IN ('open', 'closed'))
);
CREATE INDEX hub_discussion_author ON hub_discussion (author_id);

-- What a pull request has besides: the branch it is for, and where refs/pr/N points. Once merged,
-- where the branch pointed before and after.
CREATE TABLE hub_pull (
  discussion_id bigint PRIMARY KEY REFERENCES hub_discussion (id) ON DELETE CASCADE,
  base          text   COLLATE "C" NOT NULL,
  head          bytea  NOT NULL CHECK (octet_length(head) = 20),
  merged_onto   bytea  CHECK (octet_length(merged_onto) = 20),
  merge_commit  bytea  CHECK (octet_length(merge_commit) = 20),
  CHECK ((merged_onto IS NULL) = (merge_commit IS NULL))
);

-- detail is the JSON that clients read, for the kinds that never change; a comment has versions.
CREATE TABLE hub_discussion_event (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  discussion_id bigint      NOT NULL REFERENCES hub_discussion (id) ON DELETE CASCADE,
  kind          text        NOT NULL
                CHECK (kind IN ('comment', 'status-change', 'commit', 'title-change')),
  author_id     bigint      REFERENCES hub_user (id) ON DELETE SET NULL,
  created_at    timestamptz NOT NULL,
  hidden        boolean     NOT NULL DEFAULT false,
  detail        text        CHECK ((detail IS NULL) = (kind = 'comment'))
);
CREATE INDEX hub_discussion_event_discussion ON hub_discussion_event (discussion_id, id);
CREATE INDEX hub_discussion_event_author ON hub_discussion_event (author_id);

CREATE TABLE hub_comment_version (
  event_id   bigint      NOT NULL REFERENCES hub_discussion_event (id) ON DELETE CASCADE,
  version    integer     NOT NULL CHECK (version >= 0),
  author_id  bigint      REFERENCES hub_user (id) ON DELETE SET NULL,
  written_at timestamptz NOT NULL,
  raw        text        NOT NULL,
  PRIMARY KEY (event_id, version)
);
CREATE INDEX hub_comment_version_author ON hub_comment_version (author_id);
