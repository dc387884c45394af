-- Invitations to organisations. Only a keyed hash of the whole token is kept; public_id is its part
-- for people. What can no longer be accepted goes when the organisation makes the next one.
CREATE TABLE hub_invitation (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id     bigint      NOT NULL REFERENCES hub_org (id) ON DELETE CASCADE,
  role       text        NOT NULL CHECK (role IN ('read', 'contributor', 'write', 'admin')),
  public_id  text        NOT NULL UNIQUE,
  token_hash bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_by bigint      NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  uses_max   bigint      NOT NULL CHECK (uses_max > 0),
  uses       bigint      NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND uses_max)
);
CREATE INDEX hub_invitation_org ON hub_invitation (org_id, id DESC);
