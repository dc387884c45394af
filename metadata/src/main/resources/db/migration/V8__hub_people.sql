-- Tokens that end, and tokens for some repositories. A fine-grained token is a caller of its own at
-- the chunk store: its cas_id is drawn from the ids of users and organisations, so that what its
-- user has sent or was shown elsewhere does not count for it.
ALTER TABLE hub_token DROP CONSTRAINT hub_token_scope_check;
ALTER TABLE hub_token ADD CHECK (scope IN ('read', 'write', 'fine-grained'));
ALTER TABLE hub_token ADD COLUMN expires_at timestamptz;
ALTER TABLE hub_token ADD COLUMN cas_id bigint UNIQUE;
ALTER TABLE hub_token ADD COLUMN cas_epoch bigint NOT NULL DEFAULT 0;
ALTER TABLE hub_token ADD CHECK ((cas_id IS NOT NULL) = (scope = 'fine-grained'));

-- What a fine-grained token leaves of its user's rights: in a whole namespace or in one repository.
CREATE TABLE hub_token_grant (
  token_id     bigint  NOT NULL REFERENCES hub_token (id) ON DELETE CASCADE,
  namespace_id bigint  REFERENCES hub_namespace (id) ON DELETE CASCADE,
  repo_id      bigint  REFERENCES hub_repo (id) ON DELETE CASCADE,
  writes       boolean NOT NULL,
  CHECK ((namespace_id IS NULL) <> (repo_id IS NULL)),
  UNIQUE (token_id, namespace_id),
  UNIQUE (token_id, repo_id)
);
CREATE INDEX hub_token_grant_repo ON hub_token_grant (repo_id) WHERE repo_id IS NOT NULL;

-- Who asked for the files of a gated repository, or was let in without asking ("granted").
CREATE TABLE hub_access_request (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repo_id          bigint      NOT NULL REFERENCES hub_repo (id) ON DELETE CASCADE,
  user_id          bigint      NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  status           text        NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected')),
  granted          boolean     NOT NULL,
  fields           text,
  rejection_reason text        NOT NULL DEFAULT '',
  asked_at         timestamptz NOT NULL,
  UNIQUE (repo_id, user_id)
);
CREATE INDEX hub_access_request_list ON hub_access_request (repo_id, status, id DESC);

-- What has become of a caller's wish to be let in.
CREATE VIEW hub_admission (caller_id, repo_id, status) AS
  SELECT user_id, repo_id, status FROM hub_access_request;

-- hub_repo.likes is the number of these rows, kept in the same transaction.
CREATE TABLE hub_like (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repo_id  bigint      NOT NULL REFERENCES hub_repo (id) ON DELETE CASCADE,
  user_id  bigint      NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  liked_at timestamptz NOT NULL,
  UNIQUE (repo_id, user_id)
);
CREATE INDEX hub_like_repo ON hub_like (repo_id, id DESC);
CREATE INDEX hub_like_user ON hub_like (user_id, id DESC);
CREATE INDEX hub_like_time ON hub_like (liked_at);

-- Downloads by day (UTC). hub_repo.downloads is the sum of the last 30 days.
CREATE TABLE hub_download_day (
  repo_id   bigint NOT NULL REFERENCES hub_repo (id) ON DELETE CASCADE,
  day       date   NOT NULL,
  downloads bigint NOT NULL CHECK (downloads > 0),
  PRIMARY KEY (repo_id, day)
);
CREATE INDEX hub_download_day_day ON hub_download_day (day);
ALTER TABLE hub_repo ADD COLUMN downloads_all_time bigint NOT NULL DEFAULT 0;
ALTER TABLE hub_repo ADD COLUMN trending bigint NOT NULL DEFAULT 0;
CREATE INDEX hub_repo_trending ON hub_repo (type, trending DESC, id DESC);

-- What people and organisations say of themselves.
ALTER TABLE hub_user ADD COLUMN details text NOT NULL DEFAULT '';
ALTER TABLE hub_org ADD COLUMN details text NOT NULL DEFAULT '';
