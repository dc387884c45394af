-- Kernels are one more type of repository.
ALTER TABLE hub_repo DROP CONSTRAINT hub_repo_type_check;
ALTER TABLE hub_repo ADD CONSTRAINT hub_repo_type_check
  CHECK (type IN ('model', 'dataset', 'space', 'kernel'));

-- Names that repositories had before they were moved. They lead to the repository until another one
-- takes the name; a name is never here and in hub_repo at once.
CREATE TABLE hub_repo_former_name (
  namespace_id bigint NOT NULL REFERENCES hub_namespace (id) ON DELETE CASCADE,
  type         text   NOT NULL,
  name         text   NOT NULL,
  repo_id      bigint NOT NULL REFERENCES hub_repo (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX hub_repo_former_name_name ON hub_repo_former_name
  (namespace_id, type, lower(name));
CREATE INDEX hub_repo_former_name_repo ON hub_repo_former_name (repo_id);

-- What the files at the head say, beside the card: JSON text.
ALTER TABLE hub_repo ADD COLUMN file_facts text;

-- A duplicated repository uses the pack objects of its origin. A row counts the repositories that
-- use an object when there are two or more; without a row there is one.
ALTER TABLE hub_git_pack_file DROP CONSTRAINT hub_git_pack_file_storage_key_key;
CREATE INDEX hub_git_pack_file_storage_key ON hub_git_pack_file (storage_key);
CREATE TABLE hub_git_shared_object (
  storage_key text COLLATE "C" PRIMARY KEY,
  users       bigint NOT NULL CHECK (users > 0)
);
