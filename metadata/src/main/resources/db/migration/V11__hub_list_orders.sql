-- Figures that lists are ordered and filtered by. Parameters are those of the weight files at the
-- head; 0 stands for not known.
ALTER TABLE hub_repo ADD COLUMN parameters bigint NOT NULL DEFAULT 0 CHECK (parameters >= 0);
UPDATE hub_repo
   SET parameters =
         greatest(0,
                  coalesce(CAST(CAST(file_facts AS jsonb) #>> '{safetensors,total}' AS bigint),
                           CAST(CAST(file_facts AS jsonb) #>> '{gguf,total}' AS bigint), 0))
 WHERE CASE WHEN pg_input_is_valid(file_facts, 'jsonb') THEN file_facts LIKE '%"total"%' END;
CREATE INDEX hub_repo_parameters ON hub_repo (type, parameters DESC, id DESC);

-- The likes of the last 30 days, put right every hour.
ALTER TABLE hub_repo ADD COLUMN likes_month bigint NOT NULL DEFAULT 0;
CREATE INDEX hub_repo_likes_month ON hub_repo (type, likes_month DESC, id DESC);

-- How many bytes datasets used when they were last measured, which happens every hour.
ALTER TABLE hub_repo ADD COLUMN main_bytes bigint NOT NULL DEFAULT 0;
CREATE INDEX hub_repo_main_bytes ON hub_repo (type, main_bytes DESC, id DESC);
