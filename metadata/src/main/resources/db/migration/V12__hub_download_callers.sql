-- How many of a day's downloads were by callers who had signed in; unknown for days of before.
ALTER TABLE hub_download_day ADD COLUMN signed_in bigint
  CHECK (signed_in BETWEEN 0 AND downloads);
