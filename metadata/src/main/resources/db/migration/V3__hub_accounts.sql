-- Users and organisations share one set of names, whatever the case they are written in.
CREATE TABLE hub_namespace (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text        NOT NULL CHECK (kind IN ('user', 'org')),
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX hub_namespace_name ON hub_namespace (lower(name));

-- The id of a user is the caller id of Xet tokens. A raised CAS epoch gives the user's clients an
-- empty shard cache.
CREATE TABLE hub_user (
  id        bigint  PRIMARY KEY REFERENCES hub_namespace (id),
  full_name text    NOT NULL,
  email     text    NOT NULL,
  admin     boolean NOT NULL,
  cas_epoch bigint  NOT NULL DEFAULT 0
);

-- Access tokens. Only a keyed hash of the whole text is kept; public_id is its part for people.
CREATE TABLE hub_token (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id    bigint      NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  name       text        NOT NULL,
  scope      text        NOT NULL CHECK (scope IN ('read', 'write')),
  public_id  text        NOT NULL UNIQUE,
  token_hash bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hub_token_user ON hub_token (user_id);

CREATE TABLE hub_org (
  id              bigint  PRIMARY KEY REFERENCES hub_namespace (id),
  full_name       text    NOT NULL,
  default_private boolean NOT NULL
);

CREATE TABLE hub_org_member (
  org_id  bigint NOT NULL REFERENCES hub_org (id) ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  role    text   NOT NULL CHECK (role IN ('read', 'contributor', 'write', 'admin')),
  PRIMARY KEY (org_id, user_id)
);
CREATE INDEX hub_org_member_user ON hub_org_member (user_id);

-- What a caller is in a namespace: everybody rules the own one.
CREATE VIEW hub_standing (caller_id, namespace_id, role) AS
  SELECT id, id, 'admin' FROM hub_user
  UNION ALL
  SELECT user_id, org_id, role FROM hub_org_member;
