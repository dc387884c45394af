-- The id of a repository is never used again; its name is free as soon as the row is gone.
CREATE TABLE hub_repo (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type             text        NOT NULL CHECK (type IN ('model', 'dataset', 'space')),
  namespace_id     bigint      NOT NULL REFERENCES hub_namespace (id),
  name             text        NOT NULL,
  visibility       text        NOT NULL CHECK (visibility IN ('public', 'private', 'protected')),
  gated            text        NOT NULL DEFAULT 'no' CHECK (gated IN ('no', 'auto', 'manual')),
  disabled         boolean     NOT NULL DEFAULT false,
  default_branch   text        NOT NULL DEFAULT 'main',
  created_by       bigint      NOT NULL,
  created_at       timestamptz NOT NULL,
  last_modified_at timestamptz NOT NULL,
  head_sha         text        CHECK (head_sha ~ '^[0-9a-f]{40}$'),
  downloads        bigint      NOT NULL DEFAULT 0,
  likes            bigint      NOT NULL DEFAULT 0,
  card             text,
  tags             text[]      NOT NULL DEFAULT '{}',
  pipeline_tag     text,
  library          text,
  sdk              text
);
CREATE UNIQUE INDEX hub_repo_name ON hub_repo (namespace_id, type, lower(name));
CREATE INDEX hub_repo_created ON hub_repo (type, created_at DESC, id DESC);
CREATE INDEX hub_repo_modified ON hub_repo (type, last_modified_at DESC, id DESC);
CREATE INDEX hub_repo_downloads ON hub_repo (type, downloads DESC, id DESC);
CREATE INDEX hub_repo_likes ON hub_repo (type, likes DESC, id DESC);
CREATE INDEX hub_repo_tags ON hub_repo USING gin (tags);
